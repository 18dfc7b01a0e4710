import type { SeatPhase, SeatRole } from '@careconnect/contracts';
import type { SeatContext } from '@careconnect/contracts/internal';

export interface ArrivalFacts extends Pick<SeatContext, 'mayJoin' | 'isCheckedIn'> {
  /** Where the seat stood before, or null when it is new. */
  readonly before: SeatPhase | null;
  /** It is the page that was here before, not another device of the same person. */
  readonly isSamePage: boolean;
}

/**
 * Where a seat stands after it has connected. Someone whose connection broke is where they were, or waits
 * while they may not be in the room; another device of theirs enters when they say so, with what they have
 * switched on there. A patient who has checked in waits, whichever process they are connected to now. A host
 * never waits: nobody else could let them in.
 */
export function phaseOnArrival(
  role: SeatRole,
  { before, isSamePage, mayJoin, isCheckedIn }: ArrivalFacts,
): SeatPhase {
  if (before === 'in_room' && isSamePage && mayJoin) return 'in_room';
  if (role === 'host') return 'lobby';
  if (before === 'in_room' && isSamePage) return 'waiting';
  if (before === 'waiting') return 'waiting';
  return isCheckedIn && !mayJoin ? 'waiting' : 'lobby';
}
