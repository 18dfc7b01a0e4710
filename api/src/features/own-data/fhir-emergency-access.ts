import type { FhirResource } from '../../core/fhir-resource.ts';
import { basicOf, type Origin } from './fhir-basic.ts';
import type { OwnEmergencyAccess } from './own-data.ts';

/** Who opened a chart without looking after the patient, the reason that they gave, and what came of it. */
export function emergencyAccessResource(access: OwnEmergencyAccess, origin: Origin): FhirResource {
  const { id, patientId, practitioner, category, reason, openedAt, expiresAt, review } = access;
  return basicOf(
    'emergencyAccess',
    { id, patientId, created: openedAt },
    {
      practitioner: `Practitioner/${practitioner.id}`,
      ...{ category, reason, openedAt, expiresAt },
      reviewedAt: review?.at ?? null,
      reviewNote: review?.note ?? null,
    },
    origin,
  );
}
