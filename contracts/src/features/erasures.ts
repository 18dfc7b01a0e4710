import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { FhirBundle } from '../core/fhir.ts';
import { ErasureId, PatientId } from '../core/ids.ts';
import { CalendarDate, Instant, NoBody, NoContent, NoParams, NoQuery, text } from '../core/values.ts';

/** `accepted`: erased, and what the law asks to keep is held where nobody works with it. */
export const ErasureState = z.enum(['open', 'accepted', 'refused']);
export type ErasureState = z.infer<typeof ErasureState>;

/** Within which somebody who asks is answered (GDPR Art. 12(3): one month). */
export const ERASURE_ANSWER_DAYS = 30;

export const ERASURE_REASON_MAX_LENGTH = 1_000;
const Reason = text(ERASURE_REASON_MAX_LENGTH);

/** What a patient asked, as they see it. */
export const OwnErasure = z.object({
  id: ErasureId,
  state: ErasureState,
  requestedAt: Instant,
  dueAt: Instant,
  decidedAt: Instant.nullable(),
  /** Why it was refused. */
  reason: z.string().nullable(),
});
export type OwnErasure = z.infer<typeof OwnErasure>;

/** The same, as administrators see it. */
export const Erasure = OwnErasure.extend({
  /** The name is null once they are erased. */
  patient: z.object({ id: PatientId, name: z.string().nullable() }),
  /** The last day on which the record is held; null when none is, or no more. */
  heldUntil: CalendarDate.nullable(),
});
export type Erasure = z.infer<typeof Erasure>;

export const RETENTION_MIN_YEARS = 1;
export const RETENTION_MAX_YEARS = 100;

/** For how long an organization must keep the record of somebody who is erased. */
export const RecordRetention = z.strictObject({
  years: z.int().min(RETENTION_MIN_YEARS).max(RETENTION_MAX_YEARS),
});
export type RecordRetention = z.infer<typeof RecordRetention>;

const patients = { kind: 'roles', roles: ['patient'] } as const;
const admins = { kind: 'roles', roles: ['admin'] } as const;
const params = z.strictObject({ erasureId: ErasureId });
const retention = {
  path: '/api/v1/erasures/retention',
  access: admins,
  params: NoParams,
  query: NoQuery,
  response: RecordRetention,
  status: 200,
  errors: [],
} as const;

/** Erasing patients who ask for it, as far as the law lets a clinic. */
export const erasureEndpoints = {
  mine: defineEndpoint({
    method: 'GET',
    path: '/api/v1/erasures/mine',
    access: patients,
    summary: 'What became of my request to be erased',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ erasure: OwnErasure.nullable() }),
    status: 200,
    errors: ['NOT_FOUND'],
    forDependants: 'decisions',
  }),
  ask: defineEndpoint({
    method: 'POST',
    path: '/api/v1/erasures/mine',
    access: patients,
    summary: 'Ask to be erased',
    description: `Answered within ${ERASURE_ANSWER_DAYS} days. Asked again while it is open, it is the same request.`,
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ erasure: OwnErasure.nullable() }),
    status: 200,
    errors: ['NOT_FOUND'],
    needsConfirmation: true,
    forDependants: 'decisions',
  }),
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/erasures',
    access: admins,
    summary: 'Who asked to be erased, newest first',
    description: 'The last hundred.',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ erasures: z.array(Erasure) }),
    status: 200,
    errors: [],
  }),
  accept: defineEndpoint({
    method: 'POST',
    path: '/api/v1/erasures/:erasureId/accept',
    access: admins,
    summary: 'Erase the patient',
    description:
      'Their account, contacts and all rows go at once. The record is kept encrypted until its legal time is over, where no page shows it. Somebody with a visit to come is not erased: end or cancel it first.',
    params,
    query: NoQuery,
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT', 'ERASURE_BLOCKED'],
    needsConfirmation: true,
  }),
  refuse: defineEndpoint({
    method: 'POST',
    path: '/api/v1/erasures/:erasureId/refuse',
    access: admins,
    summary: 'Refuse to erase the patient, and tell them why',
    params,
    query: NoQuery,
    body: z.strictObject({ reason: Reason }),
    response: NoContent,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT'],
    needsConfirmation: true,
  }),
  readHeld: defineEndpoint({
    method: 'POST',
    path: '/api/v1/erasures/:erasureId/record',
    access: admins,
    summary: 'Read the record of somebody who was erased, for a reason',
    description: 'The reason is kept in the trail.',
    params,
    query: NoQuery,
    body: z.strictObject({ reason: Reason }),
    response: FhirBundle,
    status: 200,
    errors: ['NOT_FOUND'],
    limit: 'record',
    needsConfirmation: true,
  }),
  getRetention: defineEndpoint({
    ...retention,
    method: 'GET',
    summary: 'For how long the record of somebody who is erased is held',
    body: NoBody,
  }),
  putRetention: defineEndpoint({
    ...retention,
    method: 'PUT',
    summary: 'Change for how long it is held',
    description: 'Counts for those who are erased from then on.',
    body: RecordRetention,
    needsConfirmation: true,
  }),
} as const;
