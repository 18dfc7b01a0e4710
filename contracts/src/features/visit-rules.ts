import type { Instant } from '../core/values.ts';
import type { SeatRole } from './seats.ts';
import type { VisitState } from './visit.ts';

/** In which a visit is under way: the patient waits, or the doctor has opened the room. */
export const LIVE_VISIT_STATES = ['waiting', 'in_progress', 'on_hold'] as const satisfies VisitState[];

/** In which people can still meet in the visit. */
export const OPEN_VISIT_STATES = ['scheduled', ...LIVE_VISIT_STATES] as const satisfies VisitState[];

const LIVE: ReadonlySet<VisitState> = new Set(LIVE_VISIT_STATES);
const OPEN: ReadonlySet<VisitState> = new Set(OPEN_VISIT_STATES);

export function isVisitLive(state: VisitState): boolean {
  return LIVE.has(state);
}

/** Nobody can meet in the visit any more. */
export function isVisitOver(state: VisitState): boolean {
  return !OPEN.has(state);
}

/**
 * Whether a seat may enter the room. The host may prepare in it before anyone is admitted, and be in it
 * alone while the visit is on hold; everyone else comes in once the host has admitted them.
 */
export function mayEnterRoom(seatRole: SeatRole, state: VisitState): boolean {
  return seatRole === 'host' ? !isVisitOver(state) : state === 'in_progress';
}

/** How long before its start a visit may be entered, in minutes. */
export const ENTER_BEFORE_MINUTES = 30;

/** Whether a visit that begins then may be entered: soon, late, or without an agreed time. */
export function isDoorOpen(startsAt: Instant | null, now: Date): boolean {
  return startsAt === null || Date.parse(startsAt) - now.getTime() <= ENTER_BEFORE_MINUTES * 60_000;
}
