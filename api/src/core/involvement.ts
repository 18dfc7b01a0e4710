import type { PatientId, PractitionerId } from '@careconnect/contracts';
import type { Actor } from './actor.ts';

/** The two sides of an appointment or a visit. */
export interface Parties {
  readonly patient: { readonly id: PatientId };
  readonly practitioner: { readonly id: PractitionerId };
}

/** What of a person tells which of them are theirs. */
export type Party = Pick<Actor, 'role' | 'patientId' | 'practitionerId' | 'reach'>;

/** What a list is narrowed to. */
export interface InvolvementFilter {
  readonly patientId?: PatientId;
  readonly practitionerId?: PractitionerId | { readonly in: PractitionerId[] };
}

/**
 * Within their organization a patient sees their own appointments and visits, a doctor their own, the desk and a nurse those of
 * their departments, and the administrator all. Null means none at all.
 */
export function involvementOf(actor: Party): InvolvementFilter | null {
  switch (actor.role) {
    case 'patient':
      return actor.patientId && { patientId: actor.patientId };
    case 'doctor':
      return actor.practitionerId && { practitionerId: actor.practitionerId };
    case 'receptionist':
    case 'nurse':
    case 'admin':
      return actor.reach === null ? {} : { practitionerId: { in: [...actor.reach] } };
    case 'pharmacist':
    case 'platformAdmin':
      return null;
  }
}

/** The same rule for one row of the actor's own organization. */
export function isInvolved(actor: Party, { patient, practitioner }: Parties): boolean {
  const own = involvementOf(actor);
  if (!own) return false;
  return (
    (own.patientId === undefined || own.patientId === patient.id) &&
    (own.practitionerId === undefined || isOneOf(own.practitionerId, practitioner.id))
  );
}

function isOneOf(
  allowed: NonNullable<InvolvementFilter['practitionerId']>,
  practitionerId: PractitionerId,
): boolean {
  return typeof allowed === 'string' ? allowed === practitionerId : allowed.in.includes(practitionerId);
}
