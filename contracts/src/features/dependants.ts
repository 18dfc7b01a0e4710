import { z } from 'zod';
import { ActingScope, Relationship } from '../core/acting.ts';
import { defineEndpoint } from '../core/endpoint.ts';
import { PatientId, RelatedPersonId } from '../core/ids.ts';
import { CalendarDate, Instant, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { AdministrativeGender, BirthDate, PersonName } from './patients.ts';

/** Those who answer for a child, and may do all for them. */
export const GuardianRelationship = Relationship.extract(['MTH', 'FTH', 'GUARD']);
export type GuardianRelationship = z.infer<typeof GuardianRelationship>;

/** What a carer may be granted: deciding stays with the patient. */
export const CarerScope = ActingScope.extract(['visits', 'records']);
export type CarerScope = z.infer<typeof CarerScope>;

export const RelatedPersonStatus = z.enum(['pending', 'active', 'ended']);
export type RelatedPersonStatus = z.infer<typeof RelatedPersonStatus>;

/** The most patients whom one person acts for, or asks to, at a time. */
export const MAX_DEPENDANTS = 12;

/** A patient for whom whoever asks may act. */
export const Dependant = z.object({
  id: RelatedPersonId,
  patient: z.object({ id: PatientId, name: z.string(), birthDate: CalendarDate }),
  relationship: Relationship,
  scopes: z.array(ActingScope),
  /** The day from which they act for themselves; null when it was granted to somebody of age. */
  untilOfAge: CalendarDate.nullable(),
});
export type Dependant = z.infer<typeof Dependant>;

/** Somebody who acts for a patient, or asks to. */
export const RelatedPerson = z.object({
  id: RelatedPersonId,
  name: z.string(),
  relationship: Relationship,
  status: RelatedPersonStatus,
  scopes: z.array(ActingScope),
  requestedAt: Instant,
  grantedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type RelatedPerson = z.infer<typeof RelatedPerson>;

/** Of a patient without an account, so that the front desk looks at papers. */
export const ActingRequest = RelatedPerson.extend({
  patient: z.object({ id: PatientId, name: z.string(), birthDate: CalendarDate }),
});
export type ActingRequest = z.infer<typeof ActingRequest>;

const patients = { kind: 'roles', roles: ['patient'] } as const;
const params = z.strictObject({ relatedPersonId: RelatedPersonId });
const who = { name: PersonName, birthDate: BirthDate };

export const dependantEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/dependants',
    access: patients,
    summary: 'For whom I may act',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ dependants: z.array(Dependant) }),
    status: 200,
    errors: [],
  }),
  addChild: defineEndpoint({
    method: 'POST',
    path: '/api/v1/dependants/children',
    access: patients,
    summary: 'Register a child of mine as a patient, in my care',
    description:
      'For a child who is not registered yet. A repeated idempotencyKey answers with the first. The care ends by itself on the day on which the child comes of age.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({
      ...who,
      gender: AdministrativeGender.default('unknown'),
      relationship: GuardianRelationship,
      idempotencyKey: z.uuid(),
    }),
    response: Dependant,
    status: 201,
    errors: ['CONFLICT'],
  }),
  ask: defineEndpoint({
    method: 'POST',
    path: '/api/v1/dependants/requests',
    access: patients,
    summary: 'Ask to act for somebody who is registered already',
    description:
      'Answers the same whether there is such a patient or not. They decide by their own account; for who has none, the front desk does. Nothing of it is shown before it is granted.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ ...who, relationship: Relationship }),
    response: NoContent,
    status: 204,
    errors: ['CONFLICT'],
    limit: 'proof',
  }),
  actingForMe: defineEndpoint({
    method: 'GET',
    path: '/api/v1/dependants/mine/related-persons',
    access: patients,
    summary: 'Who acts for me, asks to, or did',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ relatedPersons: z.array(RelatedPerson) }),
    status: 200,
    errors: ['NOT_FOUND'],
    forDependants: 'decisions',
  }),
  requests: defineEndpoint({
    method: 'GET',
    path: '/api/v1/dependants/requests',
    access: { kind: 'roles', roles: ['receptionist', 'admin'] },
    summary: 'Who asks to act for patients without an account',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ requests: z.array(ActingRequest) }),
    status: 200,
    errors: [],
  }),
  grant: defineEndpoint({
    method: 'POST',
    path: '/api/v1/dependants/related-persons/:relatedPersonId/grant',
    access: { kind: 'roles', roles: ['patient', 'receptionist', 'admin'] },
    summary: 'Let somebody act for a patient',
    description:
      'The patient lets them by their own account; the front desk confirms for a patient who has none, after seeing papers. Parents and guardians may do all, whatever is named.',
    params,
    query: NoQuery,
    body: z.strictObject({ scopes: z.array(CarerScope).min(1).max(2) }),
    response: RelatedPerson,
    status: 200,
    errors: ['NOT_FOUND', 'CONFLICT'],
    needsConfirmation: true,
  }),
  end: defineEndpoint({
    method: 'POST',
    path: '/api/v1/dependants/related-persons/:relatedPersonId/end',
    access: { kind: 'roles', roles: ['patient', 'receptionist', 'admin'] },
    summary: 'End that somebody acts for a patient, or refuse it',
    description: 'At once. Open to the patient, to whoever acts, and to the front desk.',
    params,
    query: NoQuery,
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
