import type { VisitState } from '@careconnect/contracts';

const MINUTE_MS = 60_000;

/** Fewer visits than these say nothing about how long the next one takes. */
const MIN_VISITS_TO_ESTIMATE = 3;

/** How many of a doctor's last visits an estimate looks at. */
export const VISITS_TO_ESTIMATE_FROM = 20;

/** What places a visit in a queue; instants in milliseconds since the epoch. */
export interface QueuedVisit {
  readonly visitId: string;
  readonly state: VisitState;
  readonly scheduledAt: number | null;
  readonly waitingSince: number | null;
  readonly startedAt: number | null;
  readonly createdAt: number;
  /** The patient has an open connection right now. */
  readonly isPresent: boolean;
  /** Since when not, in milliseconds since the epoch; null for who has never been. */
  readonly awaySince: number | null;
  /** The patient has said that they leave, and has not been back. */
  readonly hasLeft: boolean;
}

/** The patient's view of the queue. */
export interface Place {
  readonly visitId: string;
  /** 1 means next. */
  readonly position: number;
  readonly isDoctorBusy: boolean;
  readonly estimateMinutes: { readonly from: number; readonly to: number } | null;
}

/** Someone who waits and is not there for so long keeps nobody behind them. On return they have their place again. */
const AWAY_MS = 15 * MINUTE_MS;

/**
 * Who waits comes first, the longest waiting at the top; then whoever is with the doctor; then who is still
 * expected, by appointment; and last who has left, or has been away for long. `now` in ms since the epoch.
 */
export function inQueueOrder<T extends QueuedVisit>(visits: readonly T[], now: number): T[] {
  return visits.toSorted(
    (a, b) =>
      rank(a, now) - rank(b, now) ||
      sortInstant(a) - sortInstant(b) ||
      (a.visitId < b.visitId ? -1 : Number(a.visitId > b.visitId)),
  );
}

function rank(visit: QueuedVisit, now: number): number {
  if (visit.state === 'waiting') return isAway(visit, now) ? 3 : 0;
  return visit.state === 'scheduled' ? 2 : 1;
}

function isAway(
  { isPresent, hasLeft, awaySince, waitingSince, createdAt }: QueuedVisit,
  now: number,
): boolean {
  return !isPresent && (hasLeft || now - (awaySince ?? waitingSince ?? createdAt) > AWAY_MS);
}

function sortInstant(visit: QueuedVisit): number {
  if (visit.state === 'waiting') return visit.waitingSince ?? visit.createdAt;
  if (visit.state === 'scheduled') return visit.scheduledAt ?? visit.createdAt;
  return visit.startedAt ?? visit.createdAt;
}

/**
 * Where each waiting patient stands. `queue` is in queue order, `durationsMinutes` are those of the doctor's
 * last visits.
 */
export function placesOf(
  queue: readonly QueuedVisit[],
  durationsMinutes: readonly number[],
  now: number,
): Place[] {
  const current = queue.filter(({ state }) => state === 'in_progress');
  const typical = durationsMinutes.length < MIN_VISITS_TO_ESTIMATE ? null : median(durationsMinutes);
  const isDoctorBusy = current.length > 0;
  const elapsed = Math.max(0, ...current.map(({ startedAt }) => (now - (startedAt ?? now)) / MINUTE_MS));
  return queue
    .filter(({ state, hasLeft }) => state === 'waiting' && !hasLeft)
    .map(({ visitId, scheduledAt }, ahead) => ({
      visitId,
      position: ahead + 1,
      isDoctorBusy,
      estimateMinutes:
        typical === null
          ? null
          : estimate({
              typical,
              ahead,
              elapsed: isDoctorBusy ? elapsed : null,
              untilDue: minutesUntil(scheduledAt, now),
            }),
    }));
}

interface Outlook {
  /** How long this doctor's visits usually take, in minutes, as is everything here. */
  readonly typical: number;
  /** How many wait before. */
  readonly ahead: number;
  /** How long the present visit has lasted, or null when the doctor is free. */
  readonly elapsed: number | null;
  /** Time until the appointment, negative when it has passed. */
  readonly untilDue: number;
}

/**
 * A range that is wide on purpose: visits scatter by about a quarter around the usual length, one that has
 * outrun it may take half as long again, and a doctor need not admit anyone before their appointment.
 * Ends are rounded outwards to five minutes, so that the figure does not pretend to be exact.
 */
function estimate({ typical, ahead, elapsed, untilDue }: Outlook): { from: number; to: number } {
  const remaining = elapsed === null ? 0 : Math.max(typical - elapsed, 0);
  const remainingAtMost = elapsed === null ? 0 : Math.max(typical - elapsed, typical / 2);
  const from = (ahead * typical + remaining) * 0.75;
  const to = Math.max((ahead * typical + remainingAtMost) * 1.25, untilDue, 1);
  return { from: Math.floor(from / 5) * 5, to: Math.ceil(to / 5) * 5 };
}

function minutesUntil(instant: number | null, now: number): number {
  return instant === null ? 0 : (instant - now) / MINUTE_MS;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Whole years between a birth date and a day, both `YYYY-MM-DD`. */
export function ageInYears(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, day.slice(5) < birthDate.slice(5) ? years - 1 : years);
}
