import type { Actor } from '../../core/actor.ts';
import type { Patient } from './patient.ts';

/** What opens a record to whoever asks, beside their role. */
export interface CareWay {
  /** Of the doctor, or of one of those whom somebody of the staff works for. */
  readonly isInCare: boolean;
  readonly hasEmergencyAccess: boolean;
}

/** Every question is about a record of the actor's own organization: repositories find no other. */
export const patientPolicy = {
  /**
   * A patient reads their own record, a doctor those of patients in her care, and for a while one that she has opened
   * with a reason. The desk and the administrator read every record; a nurse, and a desk that is kept to
   * departments, those of patients in the care of the doctors there.
   */
  mayRead(actor: Actor, patient: Pick<Patient, 'id'>, { isInCare, hasEmergencyAccess }: CareWay): boolean {
    switch (actor.role) {
      case 'patient':
        return actor.patientId === patient.id;
      case 'doctor':
        return isInCare || hasEmergencyAccess;
      case 'receptionist':
      case 'admin':
        return patientPolicy.readsEveryRecord(actor) || isInCare;
      case 'nurse':
        return isInCare;
      case 'pharmacist':
      case 'platformAdmin':
        return false;
    }
  },

  /** The whole front desk, and whoever answers for the clinic. */
  readsEveryRecord: ({ role, reach }: Pick<Actor, 'role' | 'reach'>): boolean =>
    role === 'admin' || (role === 'receptionist' && reach === null),

  /** A doctor opens in an emergency what is closed to her. */
  mayOpenInEmergency: (actor: Actor): boolean => actor.role === 'doctor',

  /** Staff find everybody, so that nobody is registered twice; for a patient others are not there. */
  mayKnowOf: (actor: Actor): boolean => actor.role !== 'patient',

  /** The desk needs to reach people; whoever reads not every record only needs to tell them from one another. */
  seesHowToReach: (actor: Actor): boolean => patientPolicy.readsEveryRecord(actor),
};
