import type { CorrectableField, PatientId, Role } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

const CORRECTS_EVERY_RECORD: ReadonlySet<Role> = new Set(['receptionist', 'admin']);
/** How they are reached they know best themselves; who they are, somebody compares with their papers. */
const OWN_FIELDS: ReadonlySet<CorrectableField> = new Set(['phone', 'email']);

/** Of patients of the actor's own organization: repositories find no other. */
export const correctionPolicy = {
  mayKnowOf: ({ role, patientId }: Actor, id: PatientId): boolean =>
    CORRECTS_EVERY_RECORD.has(role) || (role === 'patient' && patientId === id),

  mayCorrect: ({ role }: Actor, fields: readonly CorrectableField[]): boolean =>
    CORRECTS_EVERY_RECORD.has(role) || fields.every((field) => OWN_FIELDS.has(field)),
};
