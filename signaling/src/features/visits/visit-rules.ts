import type { SeatPhase, SeatRole, VisitState } from '@careconnect/contracts';
import type { SeatContext } from '@careconnect/contracts/internal';

const OVER: readonly VisitState[] = ['ended', 'summarised', 'cancelled', 'no_show'];

/** Nothing more can happen in the visit. */
export function isOver(state: VisitState): boolean {
  return OVER.includes(state);
}

/**
 * Whether a seat may be in the room. The host may prepare in it before anyone is admitted, and be in it
 * alone while the visit is on hold. api says the
 * same in `SeatContext.mayJoin`; this keeps the answer fresh when a state is pushed.
 */
export function mayJoin(role: SeatRole, state: VisitState): boolean {
  return role === 'host' ? !isOver(state) : state === 'in_progress';
}

/**
 * Where a seat stands after it has connected: someone whose connection broke is where they were,
 * and a patient who has checked in waits, whichever process they are connected to now.
 */
export function phaseOnArrival(
  before: SeatPhase | null,
  { mayJoin: isAllowedIn, isCheckedIn }: Pick<SeatContext, 'mayJoin' | 'isCheckedIn'>,
): SeatPhase {
  if (before === 'in_room' && isAllowedIn) return 'in_room';
  if (before === 'waiting') return 'waiting';
  return isCheckedIn && !isAllowedIn ? 'waiting' : 'lobby';
}
