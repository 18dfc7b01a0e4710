import type { PatientId, PractitionerId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import { isInvolved, type Parties } from '../../core/involvement.ts';

/** Every question is about an appointment of the actor's own organization: repositories find no other. */
export const appointmentPolicy = {
  mayRead: (actor: Actor, appointment: Parties): boolean => isInvolved(actor, appointment),

  /** Whoever may see an appointment may cancel it. */
  mayCancel: (actor: Actor, appointment: Parties): boolean => isInvolved(actor, appointment),

  /** A guest has a session for the one visit they came for: nobody may fill a calendar without an account. */
  mayBook: (actor: Actor): boolean => !actor.isGuest,

  /** A patient books for themselves, staff for any patient of the organization. */
  mayBookFor: (actor: Actor, patientId: PatientId): boolean =>
    actor.role !== 'patient' || actor.patientId === patientId,

  /** A doctor books into their own calendar only. */
  mayBookWith: (actor: Actor, practitionerId: PractitionerId): boolean =>
    actor.role !== 'doctor' || actor.practitionerId === practitionerId,
};
