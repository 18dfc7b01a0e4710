import type { UserId, VisitEvent } from '@careconnect/contracts';
import type { StoredVisit } from './stored-visit.ts';

/** A line of the history as it was written. */
export interface StoredEvent extends Omit<VisitEvent, 'isBack'> {
  readonly actorUserId: UserId | null;
}

/**
 * The history as people read it: its two parties have the names that the visit has for them, whether they
 * acted as a user (start, end) or from their seat (join, leave). Who is back is told by who they are: two may have one
 * name.
 */
export function toHistory(
  { visit, practitionerUserId, patientUserId }: StoredVisit,
  events: readonly StoredEvent[],
): VisitEvent[] {
  const gone = new Set<UserId | null>();
  return events.map(({ at, type, actorUserId, actorName }) => {
    const isBack = type === 'joined' && gone.delete(actorUserId);
    if (type === 'left') gone.add(actorUserId);
    const told = { at, type, isBack };
    if (actorUserId === practitionerUserId) return { ...told, actorName: visit.practitioner.name };
    if (actorUserId !== null && actorUserId === patientUserId)
      return { ...told, actorName: visit.patient.name };
    return { ...told, actorName };
  });
}
