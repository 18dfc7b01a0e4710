import type { CorrectableField, PatientId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

/** How they are reached they know best themselves; who they are, somebody compares with their papers. */
const OWN_FIELDS: ReadonlySet<CorrectableField> = new Set(['phone', 'email']);

/** Of patients of the actor's own organization: repositories find no other. */
export const correctionPolicy = {
  /** Somebody else's record is not there for a patient. */
  mayKnowOf: ({ role, patientId }: Actor, id: PatientId): boolean => role !== 'patient' || patientId === id,

  /** The desk and administrators see the details of everybody; a desk that is kept to departments, of patients there. */
  maySeeDetails: ({ role, reach }: Actor, isInCare: boolean): boolean =>
    role === 'patient' || role === 'admin' || (role === 'receptionist' && (reach === null || isInCare)),

  mayCorrect: ({ role }: Actor, fields: readonly CorrectableField[]): boolean =>
    role !== 'patient' || fields.every((field) => OWN_FIELDS.has(field)),
};
