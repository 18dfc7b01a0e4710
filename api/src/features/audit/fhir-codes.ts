import { BREAK_THE_GLASS } from '../../core/chart-access.ts';

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

/** HL7 v3 ActReason: why somebody saw what they otherwise may not. */
export const BREAK_THE_GLASS_PURPOSE = {
  coding: [coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', BREAK_THE_GLASS, 'break the glass')],
};
