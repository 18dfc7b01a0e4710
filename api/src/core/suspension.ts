import type { VisitState } from '@careconnect/contracts';
import { sessionErrors } from './session-errors.ts';

/** Of a visit that has begun and has not ended: it goes on when its organization is suspended. */
export const UNDER_WAY = ['in_progress', 'on_hold'] as const satisfies readonly VisitState[];
/** One that nobody has closed for so long was forgotten, and keeps nobody signed in. */
export const VISIT_LASTS_HOURS = 12;

export function isUnderWay(state: VisitState): boolean {
  return UNDER_WAY.some((one) => one === state);
}

/** Errors: ORGANIZATION_SUSPENDED. */
export function requireNotSuspended({ suspendedAt }: { readonly suspendedAt: Date | null }): void {
  if (suspendedAt) throw sessionErrors.organizationSuspended();
}
