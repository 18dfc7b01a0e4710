import type { UserId, VisitEvent } from '@careconnect/contracts';
import type { StoredVisit } from './stored-visit.ts';

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
