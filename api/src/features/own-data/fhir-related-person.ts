import type { FhirResource } from '../../core/fhir-resource.ts';
import { relationshipConcept } from '../../core/role-code.ts';
import { extensionsOf, reference, type Origin } from './fhir-basic.ts';
import type { OwnRelatedPerson } from './own-data.ts';

/** Who acts for a patient, or for whom they act themselves. */
export function relatedPersonResource(relation: OwnRelatedPerson, origin: Origin): FhirResource {
  const { id, patientId, patient, membership, relationship, status, scopes } = relation;
  const { requestedAt, grantedAt, endedAt } = relation;
  return {
    resourceType: 'RelatedPerson',
    id,
    active: status === 'active',
    patient: { ...reference('Patient', patientId), display: patient.name },
    relationship: [relationshipConcept(relationship)],
    name: [{ text: membership.user.name }],
    period: {
      ...(grantedAt && { start: grantedAt.toISOString() }),
      ...(endedAt && { end: endedAt.toISOString() }),
    },
    extension: extensionsOf({ status, scopes: scopes.join(' '), requestedAt }, origin),
  };
}
