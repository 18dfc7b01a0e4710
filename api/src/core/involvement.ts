import type { PatientId, PractitionerId } from '@careconnect/contracts';
import type { Actor } from './actor.ts';

/** The two sides of an appointment or a visit. */
export interface Parties {
  readonly patient: { readonly id: PatientId };
  readonly practitioner: { readonly id: PractitionerId };
}

/** What a list is narrowed to. */
export interface InvolvementFilter {
  readonly patientId?: PatientId;
  readonly practitionerId?: PractitionerId;
}

/**
 * Within their organization a patient sees their own appointments and visits, a doctor their own, the desk and
 * the administrator all. Null means none at all.
 */
export function involvementOf(actor: Actor): InvolvementFilter | null {
  switch (actor.role) {
    case 'patient':
      return actor.patientId && { patientId: actor.patientId };
    case 'doctor':
      return actor.practitionerId && { practitionerId: actor.practitionerId };
    case 'receptionist':
    case 'admin':
      return {};
    case 'pharmacist':
    case 'platformAdmin':
      return null;
  }
}

/** The same rule for one row of the actor's own organization. */
export function isInvolved(actor: Actor, { patient, practitioner }: Parties): boolean {
  const own = involvementOf(actor);
  if (!own) return false;
  return (
    (own.patientId === undefined || own.patientId === patient.id) &&
    (own.practitionerId === undefined || own.practitionerId === practitioner.id)
  );
}
