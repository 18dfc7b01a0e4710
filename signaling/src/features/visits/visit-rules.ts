import type { SeatPhase, SeatRole } from '@careconnect/contracts';
import type { SeatContext } from '@careconnect/contracts/internal';

/**
 * Where a seat stands after it has connected. Someone whose connection broke is where they were, or waits
 * while they may not be in the room; a patient who has checked in waits, whichever process they are
 * connected to now. A host never waits: nobody else could let them in.
 */
export function phaseOnArrival(
  role: SeatRole,
  before: SeatPhase | null,
  { mayJoin, isCheckedIn }: Pick<SeatContext, 'mayJoin' | 'isCheckedIn'>,
): SeatPhase {
  if (before === 'in_room' && mayJoin) return 'in_room';
  if (role === 'host') return 'lobby';
  if (before === 'in_room' || before === 'waiting') return 'waiting';
  return isCheckedIn && !mayJoin ? 'waiting' : 'lobby';
}
