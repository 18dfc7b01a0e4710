import type { FhirResource } from '../../core/fhir-resource.ts';
import { basicOf, type Origin } from './fhir-basic.ts';
import type { OwnCorrection } from './own-data.ts';

export function correctionResource(correction: OwnCorrection, origin: Origin): FhirResource {
  const { id, patientId, at, byUserId, changes } = correction;
  return basicOf('correction', { id, patientId, created: at }, { at, byUserId, changes }, origin);
}
