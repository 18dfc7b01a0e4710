import type { FhirResource } from '../../core/fhir-resource.ts';
import { basicOf, type Origin } from './fhir-basic.ts';
import type { OwnErasure } from './own-data.ts';

export function erasureResource(erasure: OwnErasure, origin: Origin): FhirResource {
  const { patientId, state, requestedAt, dueAt, decidedAt, reason } = erasure;
  const own = { id: erasure.id, patientId, created: requestedAt };
  return basicOf('erasureRequest', own, { state, requestedAt, dueAt, decidedAt, reason }, origin);
}
