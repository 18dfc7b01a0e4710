import type { VisitOrigin } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

const NAME: Record<VisitOrigin, () => string> = {
  appointment: m.origin_appointment,
  walk_in: m.origin_walk_in,
};

/** How the visit came about, in words that are used on pages. */
export function visitOriginName(origin: VisitOrigin): string {
  return NAME[origin]();
}
