import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { PatientId } from '../core/ids.ts';
import {
  CalendarDate,
  Email,
  Instant,
  line,
  NoBody,
  NoParams,
  NoQuery,
  page,
  PageQuery,
} from '../core/values.ts';
import { OwnEmergencyAccess } from './emergency-access.ts';

/** Codes of FHIR R4 AdministrativeGender. */
export const AdministrativeGender = z.enum(['female', 'male', 'other', 'unknown']);
export type AdministrativeGender = z.infer<typeof AdministrativeGender>;

export const BirthDate = CalendarDate.refine(
  (value) => value >= '1900-01-01' && value <= new Date().toISOString().slice(0, 10),
  'must be between 1900 and today',
);

export const PERSON_NAME_MAX_LENGTH = 120;
export const PersonName = line(PERSON_NAME_MAX_LENGTH);

export const Phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9 ()-]{6,24}$/, 'must be a phone number');

export const Patient = z.object({
  id: PatientId,
  name: z.string(),
  birthDate: CalendarDate,
  gender: AdministrativeGender,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  allergiesNote: z.string().nullable(),
  createdAt: Instant,
});
export type Patient = z.infer<typeof Patient>;

const identity = Patient.pick({ id: true, name: true, birthDate: true });

/** What tells a patient from others, and by what the doctor who asks may read more. */
export const PatientIdentity = identity.extend({
  /** As a search tells it. */
  isInCare: z.boolean().nullable(),
  /** By which the whole chart is open to her for now. */
  emergencyAccess: OwnEmergencyAccess.nullable(),
});
export type PatientIdentity = z.infer<typeof PatientIdentity>;

/**
 * As a search shows them: to the desk with how they are reached; to a doctor, a nurse, and a desk that is kept to
 * departments, only by what tells them from others.
 */
export const FoundPatient = identity.extend({
  /** Whether they are in the care of the doctor who asks, or of the departments; null for whoever reads every record. */
  isInCare: z.boolean().nullable(),
  /** Null for whoever does not read every record, as are the next two. */
  gender: AdministrativeGender.nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type FoundPatient = z.infer<typeof FoundPatient>;

const params = z.strictObject({ patientId: PatientId });

export const patientEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/patients',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'Find patients by name, birth date, phone number or e-mail address',
    description:
      'Words of the name may be in any order, dates and numbers as people write them; a number is found by its last four digits or more, an address as a whole. Of several parts all must fit. A doctor, a nurse, and a desk that is kept to departments, finds by name and birth date, and is shown what tells patients from one another and no more.',
    params: NoParams,
    query: z.strictObject({ q: z.string().trim().max(200).optional(), ...PageQuery }),
    body: NoBody,
    response: page(FoundPatient),
    status: 200,
    errors: [],
  }),
  create: defineEndpoint({
    method: 'POST',
    path: '/api/v1/patients',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'Register a patient',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({
      name: PersonName,
      birthDate: BirthDate,
      gender: AdministrativeGender.default('unknown'),
      phone: Phone.optional(),
      email: Email.optional(),
    }),
    response: Patient,
    status: 201,
    errors: [],
  }),
  get: defineEndpoint({
    method: 'GET',
    path: '/api/v1/patients/:patientId',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'One patient',
    description:
      'A patient reads only their own record, a doctor those of patients in her care, and another while she has emergency access to it. A nurse, and a desk that is kept to departments, reads those of patients in the care of the doctors there.',
    params,
    query: NoQuery,
    body: NoBody,
    response: Patient,
    status: 200,
    errors: ['NOT_FOUND', 'CARE_RELATION_NEEDED'],
    forDependants: 'records',
  }),
  identify: defineEndpoint({
    method: 'GET',
    path: '/api/v1/patients/:patientId/identity',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'Who a patient is, and whether their chart is open to whoever asks',
    description: 'Of the patient what a search shows.',
    params,
    query: NoQuery,
    body: NoBody,
    response: PatientIdentity,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
} as const;
