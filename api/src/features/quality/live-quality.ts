import {
  LIVE_GRADE_MS,
  type DirectionGrade,
  type LiveParticipant,
  type LiveVisit,
  type PatientId,
  type PractitionerId,
  type VisitAlert,
  type VisitId,
  type VisitState,
} from '@careconnect/contracts';
import { hasPoorSound, reasonsOf, worstOf } from './grading.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { gradeReceived, gradeSent, judgeSeats } from './quality.ts';
import { rounded } from './quality-point.ts';
import type { MeasuredSeat, StoredSample } from './quality-sample.ts';

/** A visit as a list of them names it. */
export interface WatchedVisit {
  readonly visitId: VisitId;
  readonly state: VisitState;
  readonly patient: { readonly id: PatientId; readonly name: string };
  readonly practitioner: { readonly id: PractitionerId; readonly name: string };
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly seats: readonly WatchedSeat[];
}

export interface WatchedSeat extends MeasuredSeat {
  readonly isPresent: boolean;
  readonly joinedAt: string | null;
  readonly node: string | null;
}

export interface GradedLive {
  readonly visit: LiveVisit;
  readonly alert: VisitAlert | null;
}

/** A person whose last measure is older is not in trouble any more, but gone. */
const STILL_THERE_MS = 20_000;
const NOTHING: DirectionGrade = { grade: 'unknown', reasons: [] };

/**
 * How a visit is right now.
 * @param samples - of the last `LIVE_HISTORY_MS`
 */
export function gradeLive(
  { seats, ...watched }: WatchedVisit,
  samples: readonly StoredSample[],
  { now, alertAfterMs }: { readonly now: Date; readonly alertAfterMs: number },
): GradedLive {
  const judged = new Map(judgeSeats(seats, samples).map(({ seat, periods }) => [seat.seatId, periods]));
  const participants = seats.map((seat) => toLive(seat, judged.get(seat.seatId) ?? [], now));
  const visit = { ...watched, ...worstOf(participants.map(({ received }) => received)), participants };
  const troubles = [...judged.values()].flatMap((periods) => troubleOf(periods, now) ?? []);
  const [longest] = troubles.toSorted((one, other) => one.since - other.since);
  const isLong = longest && now.getTime() - longest.since >= alertAfterMs;
  return { visit, alert: isLong ? alertOf(watched, longest) : null };
}

function toLive(seat: WatchedSeat, periods: readonly JudgedPeriod[], now: Date): LiveParticipant {
  const from = now.getTime() - LIVE_GRADE_MS;
  const recent = periods.filter(({ sample }) => sample.at.getTime() > from);
  return {
    ...seat,
    received: recent.length > 0 ? gradeReceived(recent) : NOTHING,
    sent: recent.length > 0 ? gradeSent(recent) : NOTHING,
    lastSampleAt: periods.at(-1)?.sample.at.toISOString() ?? null,
    sound: periods.map(({ soundMos }) => rounded(soundMos)),
  };
}

interface Trouble {
  readonly since: number;
  readonly periods: readonly JudgedPeriod[];
}

/** The sound has been poor without a break until now. */
function troubleOf(periods: readonly JudgedPeriod[], now: Date): Trouble | null {
  const heard = periods.filter(({ hasSound }) => hasSound);
  const poor = heard.slice(heard.findLastIndex((period) => !hasPoorSound(period)) + 1);
  const [first, last] = [poor[0]?.sample, poor.at(-1)?.sample];
  if (!first || !last || now.getTime() - last.at.getTime() > STILL_THERE_MS) return null;
  return { since: first.at.getTime() - first.measures.durationMs, periods: poor };
}

function alertOf(
  { visitId, patient, practitioner }: Omit<WatchedVisit, 'seats'>,
  { since, periods }: Trouble,
): VisitAlert {
  return {
    kind: 'visit-inadequate',
    visitId,
    patientName: patient.name,
    practitionerName: practitioner.name,
    since: new Date(since).toISOString(),
    problem: reasonsOf(periods)[0]?.problem ?? 'no-sound',
  };
}
