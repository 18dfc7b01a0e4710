import {
  LIVE_GRADE_MS,
  QUALITY_MAX_PERIOD_MS,
  QUALITY_PERIOD_MS,
  type DirectionGrade,
  type LiveParticipant,
  type LivePresence,
} from '@careconnect/contracts';
import { hasPoorSound, reasonsOf } from './grading.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { gradeReceived, gradeSent } from './quality.ts';
import { rounded } from './quality-point.ts';
import type { MeasuredSeat } from './quality-sample.ts';

export interface WatchedSeat extends MeasuredSeat {
  readonly isPresent: boolean;
  /** When they came into the room last. */
  readonly joinedAt: Date | null;
  /** When they connected last. */
  readonly connectedAt: Date | null;
  /** Since when they are not connected. */
  readonly leftAt: Date | null;
  readonly hasLeft: boolean;
  readonly node: string | null;
}

/** The sound has been poor without a break until now. */
export interface Trouble {
  readonly since: Date;
  readonly periods: readonly JudgedPeriod[];
}

export interface LivePerson {
  readonly participant: LiveParticipant;
  /** Null for who is not here, and for who understands the others. */
  readonly trouble: Trouble | null;
}

interface Now {
  readonly now: Date;
  readonly troubleAfterMs: number;
}

/** A page tells of each period when it ends; after the longest there is, it does not measure any more. */
const STILL_MEASURED_MS = QUALITY_MAX_PERIOD_MS + QUALITY_PERIOD_MS;
const NOTHING: DirectionGrade = { grade: 'unknown', reasons: [] };

/** How one person is right now, of which their row and their alert are made. */
export function judgePerson(seat: WatchedSeat, periods: readonly JudgedPeriod[], at: Now): LivePerson {
  const { seatId, name, seatRole, node } = seat;
  const stay = seat.isPresent ? sinceTheyCame(seat, periods) : [];
  const trouble = troubleOf(stay, at);
  const presence = seat.isPresent ? hereWith(stay, trouble, at) : absenceOf(seat);
  return { participant: { seatId, name, seatRole, presence, node }, trouble };
}

/** Pages tell later of what they measured while they were cut off; it belongs to the visit's past. */
function sinceTheyCame({ connectedAt }: WatchedSeat, periods: readonly JudgedPeriod[]): JudgedPeriod[] {
  const came = connectedAt?.getTime() ?? 0;
  return periods.filter((period) => beginOf(period) >= came);
}

function hereWith(stay: readonly JudgedPeriod[], trouble: Trouble | null, { now }: Now): LivePresence {
  const recent = isStillMeasured(stay, now)
    ? stay.filter(({ sample }) => sample.at.getTime() > now.getTime() - LIVE_GRADE_MS)
    : [];
  return {
    where: 'here',
    received: trouble
      ? { grade: 'inadequate', reasons: reasonsOf(trouble.periods) }
      : grade(recent, gradeReceived),
    sent: grade(recent, gradeSent),
    lastSampleAt: stay.at(-1)?.sample.at.toISOString() ?? null,
    sound: stay.map(({ soundMos }) => rounded(soundMos)),
  };
}

function grade(
  periods: readonly JudgedPeriod[],
  by: (periods: readonly JudgedPeriod[]) => DirectionGrade,
): DirectionGrade {
  return periods.length > 0 ? by(periods) : NOTHING;
}

/** Who has closed the page before they came in has not been there. */
function absenceOf({ joinedAt, leftAt, hasLeft }: WatchedSeat): LivePresence {
  if (leftAt === null || (joinedAt === null && !hasLeft)) return { where: 'not-come' };
  return { where: hasLeft ? 'left' : 'cut-off', since: leftAt.toISOString() };
}

function troubleOf(stay: readonly JudgedPeriod[], { now, troubleAfterMs }: Now): Trouble | null {
  const heard = stay.filter(({ hasSound }) => hasSound);
  const poor = heard.slice(heard.findLastIndex((period) => !hasPoorSound(period)) + 1);
  const [first] = poor;
  if (!first || !isStillMeasured(poor, now)) return null;
  const since = beginOf(first);
  return now.getTime() - since >= troubleAfterMs ? { since: new Date(since), periods: poor } : null;
}

function isStillMeasured(periods: readonly JudgedPeriod[], now: Date): boolean {
  const last = periods.at(-1)?.sample.at;
  return last !== undefined && now.getTime() - last.getTime() <= STILL_MEASURED_MS;
}

function beginOf({ sample: { at, measures } }: JudgedPeriod): number {
  return at.getTime() - measures.durationMs;
}
