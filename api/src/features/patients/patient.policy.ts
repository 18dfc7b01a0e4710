import type { Role } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import type { Patient } from './patient.ts';

const READS_EVERY_RECORD: ReadonlySet<Role> = new Set(['doctor', 'receptionist', 'admin']);

/** Every question is about a record of the actor's own organization: repositories find no other. */
export const patientPolicy = {
  /** Staff who look after patients read every record; a patient reads their own. */
  mayRead: (actor: Actor, patient: Pick<Patient, 'id'>): boolean =>
    READS_EVERY_RECORD.has(actor.role) || (actor.role === 'patient' && actor.patientId === patient.id),
};
