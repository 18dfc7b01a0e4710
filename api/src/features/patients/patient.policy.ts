import type { Role } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import type { Patient } from './patient.ts';

const READS_EVERY_RECORD: ReadonlySet<Role> = new Set(['receptionist', 'admin']);

/** What opens a record to the doctor who asks. */
export interface DoctorsWay {
  readonly isInCare: boolean;
  readonly hasEmergencyAccess: boolean;
}

/** Every question is about a record of the actor's own organization: repositories find no other. */
export const patientPolicy = {
  /**
   * A patient reads their own record, a doctor those of patients in her care, and for a while one that she has opened
   * with a reason. The desk and the administrator read every record.
   */
  mayRead: (
    actor: Actor,
    patient: Pick<Patient, 'id'>,
    { isInCare, hasEmergencyAccess }: DoctorsWay,
  ): boolean =>
    READS_EVERY_RECORD.has(actor.role) ||
    (actor.role === 'patient' && actor.patientId === patient.id) ||
    (actor.role === 'doctor' && (isInCare || hasEmergencyAccess)),

  /** A doctor finds everybody, and opens in an emergency what is closed to her; for a patient others are not there. */
  mayKnowOf: (actor: Actor): boolean => actor.role !== 'patient',

  /** The desk needs to reach people; a doctor who searches only needs to tell them from one another. */
  seesHowToReach: (actor: Actor): boolean => actor.role !== 'doctor',
};
