import { isVisitOver, type VisitState } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

interface PhaseWords {
  readonly heading: string;
  /** Where nothing was measured. */
  readonly nothing: { readonly title: string; readonly text: string };
  /** There is something to grade. */
  readonly hasBegun: boolean;
}

/** What is said above the charts: before somebody was admitted, while the visit goes on, and when it is over. */
export function phaseWords(state: VisitState): PhaseWords {
  if (isVisitOver(state)) {
    const nothing = { title: m.watch_visit_nothing_over(), text: m.watch_visit_nothing_text() };
    return { heading: m.watch_visit_whole_over(), nothing, hasBegun: true };
  }
  if (state === 'scheduled' || state === 'waiting') {
    const nothing = { title: m.watch_visit_nothing(), text: m.watch_visit_ahead_text() };
    return { heading: m.watch_visit_ahead(), nothing, hasBegun: false };
  }
  const nothing = { title: m.watch_visit_nothing(), text: m.watch_visit_nothing_text() };
  return { heading: m.watch_visit_whole(), nothing, hasBegun: true };
}
