import type { PatientId, PractitionerId, Role } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import { isInvolved, type Parties } from '../../core/involvement.ts';
import { isWithinReach } from '../../core/reach.ts';

const BOOKS_FOR_EVERY_PATIENT: ReadonlySet<Role> = new Set(['doctor', 'receptionist', 'admin']);
const BOOKS_WITH_EVERY_DOCTOR: ReadonlySet<Role> = new Set(['patient', 'receptionist', 'admin']);

/** Every question is about an appointment of the actor's own organization: repositories find no other. */
export const appointmentPolicy = {
  mayRead: (actor: Actor, appointment: Parties): boolean => isInvolved(actor, appointment),

  /** Whoever may see an appointment may cancel it, but a nurse, who prepares what others have agreed. */
  mayCancel: (actor: Actor, appointment: Parties): boolean =>
    actor.role !== 'nurse' && isInvolved(actor, appointment),

  /** A guest has a session for the one visit they came for: nobody may fill a calendar without an account. */
  mayBook: (actor: Actor): boolean => !actor.isGuest,

  /** A patient books for themselves, staff for any patient of the organization. */
  mayBookFor: (actor: Actor, patientId: PatientId): boolean =>
    BOOKS_FOR_EVERY_PATIENT.has(actor.role) || (actor.role === 'patient' && actor.patientId === patientId),

  /** For a desk that is kept to departments there are no other doctors. */
  mayKnowOf: (actor: Actor, practitionerId: PractitionerId): boolean =>
    isWithinReach(actor.reach, practitionerId),

  /** A doctor books into their own calendar only. */
  mayBookWith: (actor: Actor, practitionerId: PractitionerId): boolean =>
    BOOKS_WITH_EVERY_DOCTOR.has(actor.role) ||
    (actor.role === 'doctor' && actor.practitionerId === practitionerId),
};
