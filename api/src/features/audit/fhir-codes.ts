export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export function coding(system: string, code: string, display: string): Coding {
  return { system, code, display };
}

export const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
export const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
export const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
export const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
