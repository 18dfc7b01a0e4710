import type { PractitionerId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import { isInvolved, type Parties } from '../../core/involvement.ts';
import { isWithinReach } from '../../core/reach.ts';

/** Every question is about a visit of the actor's own organization: repositories find no other. */
export const visitPolicy = {
  mayRead: (actor: Actor, visit: Parties): boolean => isInvolved(actor, visit),

  /** A doctor may open a colleague's visit in an emergency, so it is closed to her rather than not there. */
  mayKnowOf: (actor: Actor): boolean => actor.role === 'doctor',

  /** Admitting, holding and ending belong to the doctor whose visit it is. */
  mayConduct: (actor: Actor, visit: Parties): boolean =>
    actor.role === 'doctor' && visit.practitioner.id === actor.practitionerId,

  /** The desk opens visits for every doctor of its departments, a doctor for themselves. */
  mayOpenFor: (actor: Actor, practitionerId: PractitionerId): boolean => keepsQueueOf(actor, practitionerId),

  /** Whoever keeps a queue can take somebody out of it. */
  mayCancel: (actor: Actor, { practitioner }: Parties): boolean => keepsQueueOf(actor, practitioner.id),

  /** A nurse sees who comes, and leaves to the desk who is let in and who is not. */
  mayWatchQueue: (actor: Actor, practitionerId: PractitionerId): boolean =>
    keepsQueueOf(actor, practitionerId) ||
    (actor.role === 'nurse' && isWithinReach(actor.reach, practitionerId)),

  /** The part a person has in a visit, or null when the visit is not theirs. */
  seatRoleOf(actor: Actor, visit: Parties): 'host' | 'patient' | null {
    if (visitPolicy.mayConduct(actor, visit)) return 'host';
    return actor.role === 'patient' && visit.patient.id === actor.patientId ? 'patient' : null;
  },
};

function keepsQueueOf(actor: Actor, practitionerId: PractitionerId): boolean {
  if (actor.role === 'doctor') return actor.practitionerId === practitionerId;
  const isDesk = actor.role === 'receptionist' || actor.role === 'admin';
  return isDesk && isWithinReach(actor.reach, practitionerId);
}
