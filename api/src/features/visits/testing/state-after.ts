import type { VisitEvent, VisitState } from '@careconnect/contracts';
import { TRANSITIONS, type TransitionEvent } from '../visit.ts';

/**
 * The state that a visit's history tells of, in the order it happened.
 * @throws {Error} when one event cannot follow the one before it: such a history is damaged.
 */
export function stateAfter(events: readonly VisitEvent['type'][]): VisitState {
  const transitions = events.filter((type): type is TransitionEvent => type !== 'joined' && type !== 'left');
  if (transitions[0] !== 'scheduled') throw new Error('a history begins with the visit being scheduled');
  return transitions.slice(1).reduce<VisitState>(follow, 'scheduled');
}

function follow(state: VisitState, event: TransitionEvent): VisitState {
  for (const { from, to } of Object.values(TRANSITIONS)) {
    const edges: Partial<Record<VisitState, TransitionEvent>> = from;
    if (edges[state] === event) return to;
  }
  throw new Error(`a visit that is ${state} cannot have the event ${event}`);
}
