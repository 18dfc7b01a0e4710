import type { GradedVisit } from '@careconnect/contracts';
import { worstOf } from './grading.ts';
import type { WatchedVisit } from './live-quality.ts';
import { gradeReceived, gradeSent, judgeSeats, measuredSecondsOf } from './quality.ts';
import type { StoredSample } from './quality-sample.ts';

/** How a visit was, from all its samples; of those people of whom something was measured. */
export function gradeBegun(
  { visitId, state, patient, practitioner, startedAt, endedAt, seats }: WatchedVisit,
  samples: readonly StoredSample[],
): GradedVisit {
  const participants = judgeSeats(seats, samples).map(({ seat: { seatId, name, seatRole }, periods }) => ({
    seatId,
    name,
    seatRole,
    received: gradeReceived(periods),
    sent: gradeSent(periods),
    measuredSeconds: measuredSecondsOf(periods),
  }));
  const worst = worstOf(participants.map(({ received }) => received));
  return { visitId, state, patient, practitioner, startedAt, endedAt, ...worst, participants };
}
