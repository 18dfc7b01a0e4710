import type { Actor } from '../../core/actor.ts';
import type { Patient } from './patient.ts';

/** Staff read every record of their organization; a patient reads their own. */
export function mayRead(actor: Actor, patient: Pick<Patient, 'id'>): boolean {
  return actor.role !== 'patient' || actor.patientId === patient.id;
}
