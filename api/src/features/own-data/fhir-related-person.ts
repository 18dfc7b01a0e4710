import type { FhirResource } from '../../core/fhir-resource.ts';
import { extensionsOf, reference, type Origin } from './fhir-basic.ts';
import type { OwnRelatedPerson } from './own-data.ts';

const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

/** Who acts for a patient, or for whom they act themselves. */
export function relatedPersonResource(relation: OwnRelatedPerson, origin: Origin): FhirResource {
  const { id, patientId, patient, membership, relationship, status, scopes } = relation;
  const { requestedAt, grantedAt, endedAt } = relation;
  return {
    resourceType: 'RelatedPerson',
    id,
    active: status === 'active',
    patient: { ...reference('Patient', patientId), display: patient.name },
    relationship: [{ coding: [{ system: ROLE_CODE, code: relationship }] }],
    name: [{ text: membership.user.name }],
    period: {
      ...(grantedAt && { start: grantedAt.toISOString() }),
      ...(endedAt && { end: endedAt.toISOString() }),
    },
    extension: extensionsOf({ status, scopes: scopes.join(' '), requestedAt }, origin),
  };
}
