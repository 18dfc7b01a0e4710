import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { CorrectionId, PatientId } from '../core/ids.ts';
import { CalendarDate, Email, Instant, NoBody, NoQuery } from '../core/values.ts';
import { AdministrativeGender, BirthDate, Patient, PersonName, Phone } from './patients.ts';

/** What of a patient's details can be wrong. */
export const CorrectableField = z.enum(['name', 'birthDate', 'gender', 'phone', 'email']);
export type CorrectableField = z.infer<typeof CorrectableField>;

/** Whoever corrects says what they saw: what somebody else has changed meanwhile is not overwritten unseen. */
function change<From extends z.ZodType, To extends z.ZodType>(from: From, to: To) {
  return z.strictObject({ from, to });
}

/** The details that were wrong, each with what it was and what it is. */
export const PatientChanges = z
  .strictObject({
    name: change(z.string(), PersonName).optional(),
    birthDate: change(CalendarDate, BirthDate).optional(),
    gender: change(AdministrativeGender, AdministrativeGender).optional(),
    phone: change(z.string().nullable(), Phone.nullable()).optional(),
    email: change(z.string().nullable(), Email.nullable()).optional(),
  })
  .refine((changes) => Object.values(changes).some((one) => one !== undefined), 'changes nothing');

export type PatientChanges = z.infer<typeof PatientChanges>;

/** The same, as it is stored: what was right then is not asked to be right by today's rules. */
export const StoredChanges = z.partialRecord(
  CorrectableField,
  z.object({ from: z.string().nullable(), to: z.string().nullable() }),
);
export type StoredChanges = z.infer<typeof StoredChanges>;

/** One correction. It stays as it is; whoever was wrong corrects again. */
export const Correction = z.object({
  id: CorrectionId,
  at: Instant,
  /** The name is null for somebody who is erased. */
  by: z.object({ name: z.string().nullable(), isPatient: z.boolean() }),
  /** Null where it cannot be read any more. */
  changes: StoredChanges.nullable(),
});
export type Correction = z.infer<typeof Correction>;

const ofPatient = {
  path: '/api/v1/patients/:patientId/corrections',
  access: { kind: 'roles', roles: ['patient', 'receptionist', 'admin'] },
  params: z.strictObject({ patientId: PatientId }),
  query: NoQuery,
  forDependants: 'decisions',
} as const;

/** Putting right what is stored about who a patient is and how they are reached. */
export const correctionEndpoints = {
  make: defineEndpoint({
    ...ofPatient,
    method: 'POST',
    summary: 'Correct a patient’s details',
    description:
      'A patient corrects their own phone number and e-mail address; the desk also name, birth date and gender. What was there before stays on record.',
    body: z.strictObject({ changes: PatientChanges }),
    response: Patient,
    status: 201,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'],
  }),
  list: defineEndpoint({
    ...ofPatient,
    method: 'GET',
    summary: 'How a patient’s details were corrected',
    description: 'Newest first.',
    body: NoBody,
    response: z.object({ corrections: z.array(Correction) }),
    status: 200,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
  }),
} as const;
