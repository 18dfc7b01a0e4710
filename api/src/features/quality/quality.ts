import type { DirectionGrade, ParticipantQuality, VisitEvent, VisitQuality } from '@careconnect/contracts';
import { gradeAll, timeOf, worstOf } from './grading.ts';
import { judge, type JudgedPeriod } from './judged-period.ts';
import { toPoint } from './quality-point.ts';
import type { MeasuredSeat, StoredSample } from './quality-sample.ts';
import { createRoundTrips } from './round-trips.ts';
import { judgeSent } from './sent-period.ts';
import { thin } from './thin.ts';

/** A seat of which something was measured, period by period in their order. */
export interface JudgedSeat {
  readonly seat: MeasuredSeat;
  readonly periods: readonly JudgedPeriod[];
}

/** Of those seats of which something was measured. */
export function judgeSeats(seats: readonly MeasuredSeat[], samples: readonly StoredSample[]): JudgedSeat[] {
  const roundTrips = createRoundTrips(samples);
  const bySeat = Map.groupBy(samples, ({ seatId }) => seatId);
  return seats.flatMap((seat) => {
    const own = bySeat.get(seat.seatId)?.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return own ? [{ seat, periods: own.map((sample) => judge(sample, roundTrips(sample))) }] : [];
  });
}

/** What was received counts while others sent something. */
export function gradeReceived(periods: readonly JudgedPeriod[]): DirectionGrade {
  return gradeAll(inCompany(periods));
}

export function gradeSent(periods: readonly JudgedPeriod[]): DirectionGrade {
  return gradeAll(periods.map(({ sample }) => judgeSent(sample)));
}

export function measuredSecondsOf(periods: readonly JudgedPeriod[]): number {
  return Math.round(timeOf(inCompany(periods)) / 1_000);
}

/**
 * Grades a visit from all its samples. What was so for most of the time decides; the reasons tell what was so for
 * less of it, too. Of several people the one who fared worst counts.
 */
export function gradeVisit(
  seats: readonly MeasuredSeat[],
  samples: readonly StoredSample[],
  events: readonly VisitEvent[] = [],
): VisitQuality {
  const participants = judgeSeats(seats, samples).map(toParticipant);
  return { ...worstOf(participants), participants, events: [...events] };
}

function toParticipant({ seat, periods }: JudgedSeat): ParticipantQuality {
  return {
    ...seat,
    ...gradeReceived(periods),
    sent: gradeSent(periods),
    measuredSeconds: measuredSecondsOf(periods),
    timeline: thin(periods).map(toPoint),
  };
}

function inCompany(periods: readonly JudgedPeriod[]): JudgedPeriod[] {
  return periods.filter(({ isInCompany }) => isInCompany);
}
