import type { Visit } from '@careconnect/contracts';
import { ageOn } from '#lib/time/format.ts';

/** How old the patient is at the visit, in whole years. */
export function patientAge({ patient, scheduledAt, createdAt }: Visit): number {
  return ageOn(patient.birthDate, (scheduledAt ?? createdAt).slice(0, 10));
}
