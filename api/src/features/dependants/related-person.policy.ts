import type { Actor } from '../../core/actor.ts';
import type { StoredRelatedPerson } from './related-person.ts';

type Parties = Pick<StoredRelatedPerson, 'userId' | 'patient'>;

/** Every question is about a relation of the actor's own organization: repositories find no other. */
export const relatedPersonPolicy = {
  /** A guest has a session for one visit and no account to come back with. */
  mayHaveDependants: (actor: Actor): boolean => actor.role === 'patient' && !actor.isGuest,

  /** Who has an account decides by it, and nobody for them; for who has none, the desk looks at papers. */
  mayGrant: (actor: Actor, { patient }: Parties): boolean =>
    patient.userId === null ? isDesk(actor) : isPatient(actor, patient.userId),

  /** The patient, whoever acts for them, and the desk: to end it takes less than to begin. */
  mayEnd: (actor: Actor, { userId, patient }: Parties): boolean =>
    isDesk(actor) || actor.userId === userId || isPatient(actor, patient.userId),

  mayConfirmAtDesk: (actor: Actor): boolean => isDesk(actor),
};

function isDesk({ role }: Actor): boolean {
  return role === 'receptionist' || role === 'admin';
}

function isPatient({ role, userId, actsAs }: Actor, patientUserId: string | null): boolean {
  return role === 'patient' && actsAs === null && userId === patientUserId;
}
