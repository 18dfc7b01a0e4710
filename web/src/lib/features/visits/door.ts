import type { Instant } from '@careconnect/contracts';

/** How long before its start a visit may be entered, in minutes. */
export const ENTER_BEFORE_MINUTES = 30;

/** Whether a visit that begins then may be entered: soon, late, or without an agreed time. */
export function isDoorOpen(startsAt: Instant | null, now: Date): boolean {
  return startsAt === null || Date.parse(startsAt) - now.getTime() <= ENTER_BEFORE_MINUTES * 60_000;
}
