import type { Relationship } from '@careconnect/contracts';

const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

/** As HL7 v3 RoleCode names them. */
const NAMES: Readonly<Record<Relationship, string>> = {
  MTH: 'mother',
  FTH: 'father',
  GUARD: 'guardian',
  DAUC: 'daughter',
  SONC: 'son',
  SPS: 'spouse',
  GRNDCHILD: 'grandchild',
  FAMMEMB: 'family member',
  FRND: 'unrelated friend',
};

/** What somebody is to the patient they act for, as a FHIR CodeableConcept. */
export function relationshipConcept(relationship: Relationship) {
  return { coding: [{ system: ROLE_CODE, code: relationship, display: NAMES[relationship] }] };
}
