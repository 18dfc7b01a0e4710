import type { UserId, VisitEvent, VisitState } from '@careconnect/contracts';
import type { StoredVisit } from './stored-visit.ts';
import { TRANSITIONS, type TransitionEvent } from './visit.ts';

/** A line of the history as it was written. */
export interface StoredEvent extends VisitEvent {
  readonly actorUserId: UserId | null;
}

/**
 * The history as people read it: its two parties have the names that the visit has for them, whether they
 * acted as a user (start, end) or from their seat (join, leave).
 */
export function toHistory(
  { visit, practitionerUserId, patientUserId }: StoredVisit,
  events: readonly StoredEvent[],
): VisitEvent[] {
  return events.map(({ at, type, actorUserId, actorName }) => {
    if (actorUserId === practitionerUserId) return { at, type, actorName: visit.practitioner.name };
    if (actorUserId !== null && actorUserId === patientUserId)
      return { at, type, actorName: visit.patient.name };
    return { at, type, actorName };
  });
}

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
