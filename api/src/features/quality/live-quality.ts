import type {
  LiveVisit,
  PatientId,
  PractitionerId,
  VisitAlert,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import type { AlertRules } from '../../core/alert-rules.ts';
import { reasonsOf, worstOf } from './grading.ts';
import { judgePerson, type LivePerson, type WatchedSeat } from './live-person.ts';
import { judgeSeats } from './quality.ts';
import type { StoredSample } from './quality-sample.ts';

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

export interface GradedLive {
  readonly visit: LiveVisit;
  readonly alerts: readonly VisitAlert[];
}

interface Now {
  readonly now: Date;
  readonly rules: Pick<AlertRules, 'visitInadequateMs' | 'cutOffMs'>;
}

/**
 * How a visit is right now. Rows and alerts are made of one verdict about each person, so that they say the same.
 * @param samples - of the last `LIVE_HISTORY_MS`
 */
export function gradeLive(
  { seats, ...watched }: WatchedVisit,
  samples: readonly StoredSample[],
  { now, rules }: Now,
): GradedLive {
  const judged = new Map(judgeSeats(seats, samples).map(({ seat, periods }) => [seat.seatId, periods]));
  const at = { now, troubleAfterMs: rules.visitInadequateMs };
  const people = seats.map((seat) => judgePerson(seat, judged.get(seat.seatId) ?? [], at));
  const participants = people.map(({ participant }) => participant);
  const received = participants.flatMap(({ presence }) =>
    presence.where === 'here' ? presence.received : [],
  );
  const cutOffBefore = now.getTime() - rules.cutOffMs;
  return {
    visit: { ...watched, ...worstOf(received), participants },
    alerts: people.flatMap((person) => alertOf(watched, person, cutOffBefore) ?? []),
  };
}

function alertOf(
  { visitId, patient, practitioner }: Omit<WatchedVisit, 'seats'>,
  { participant: { seatId, name, presence }, trouble }: LivePerson,
  cutOffBefore: number,
): VisitAlert | null {
  const whose = { visitId, patientName: patient.name, practitionerName: practitioner.name, seatId, name };
  if (presence.where === 'cut-off' && Date.parse(presence.since) <= cutOffBefore)
    return { kind: 'cut-off', ...whose, since: presence.since };
  if (!trouble) return null;
  const problem = reasonsOf(trouble.periods)[0]?.problem ?? 'no-sound';
  return { kind: 'inadequate-sound', ...whose, since: trouble.since.toISOString(), problem };
}
