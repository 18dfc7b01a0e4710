import type { VisitState } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

const NAME: Record<VisitState, () => string> = {
  scheduled: m.state_scheduled,
  waiting: m.state_waiting,
  in_progress: m.state_in_progress,
  on_hold: m.state_on_hold,
  ended: m.state_ended,
  summarised: m.state_summarised,
  cancelled: m.state_cancelled,
  no_show: m.state_no_show,
};

/** The state in words that are used on pages. */
export function visitStateName(state: VisitState): string {
  return NAME[state]();
}
