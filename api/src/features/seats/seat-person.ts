import type { InVisitFor, Visit } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

/** As whom somebody is seen in a visit: a parent or a carer by their own name, and with whom they are there. */
export function seatPersonOf(
  { name, actsAs }: Actor,
  { patient, practitioner }: Pick<Visit, 'patient' | 'practitioner'>,
  seatRole: 'host' | 'patient',
): { name: string; inVisitFor?: InVisitFor } {
  if (seatRole === 'host') return { name: practitioner.name };
  if (actsAs === null) return { name: patient.name };
  return { name, inVisitFor: { name: patient.name, relationship: actsAs.relationship } };
}
