import { z } from 'zod';
import { Relationship } from '../core/acting.ts';
import { CsvText } from '../core/csv.ts';
import { defineEndpoint } from '../core/endpoint.ts';
import { EmergencyAccessId, PatientId, UserId } from '../core/ids.ts';
import { FhirNdjson } from '../core/ndjson.ts';
import { CalendarDate, Instant, NoBody, NoParams, page, PageQuery } from '../core/values.ts';
import { AuditAction } from './audit-actions.ts';
import { EmergencyAccessCategory } from './emergency-access.ts';

export const AuditOutcome = z.enum(['success', 'denied', 'failure']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** Who acted. Without a user it was the platform itself, or another system. */
const who = {
  userId: UserId.nullable(),
  name: z.string().nullable(),
  /** A {@link Role}, or `service:signaling` and the like. */
  role: z.string(),
};

export const TrailEntry = z.object({
  id: z.uuid(),
  at: Instant,
  actor: z.object(who),
  /** An {@link AuditAction}, or what an older version called it. */
  action: z.string(),
  entityType: z.string(),
  entityId: z.uuid().nullable(),
  patient: z.object({ id: PatientId, name: z.string().nullable() }).nullable(),
  /** How many patients a list or a search has shown. */
  shownPatients: z.number().int().nonnegative(),
  outcome: AuditOutcome,
  /** What whoever acted gave as a reason; null where nobody was asked. */
  reason: z.string().nullable(),
  /** Under which emergency access it was done; null where none was needed. */
  emergencyAccessId: EmergencyAccessId.nullable(),
  requestId: z.string(),
});
export type TrailEntry = z.infer<typeof TrailEntry>;

/** What somebody did with the record of one patient on one day: everything of one kind together. */
export const RecordAccess = z.object({
  /** The day in the organization's time zone. */
  day: CalendarDate,
  firstAt: Instant,
  lastAt: Instant,
  count: z.number().int().positive(),
  who: z.object({
    ...who,
    isYou: z.boolean(),
    /** What they are to the patient, for whom they acted; null for all others. */
    relationship: Relationship.nullable(),
  }),
  /** `listed`: they saw the name in a list or a search, among others. Else an {@link AuditAction}. */
  action: z.string(),
  reason: z.string().nullable(),
  /** What the doctor stated who did it under emergency access; null for all else. */
  emergency: z
    .object({ id: EmergencyAccessId, category: EmergencyAccessCategory, reason: z.string() })
    .nullable(),
});
export type RecordAccess = z.infer<typeof RecordAccess>;

const words = z.string().trim().max(200).optional();

const filter = {
  /** Words of the name of whoever acted, in any order. */
  person: words,
  personId: UserId.optional(),
  /** Words of the patient's name: what was done with their record, and every list that they were shown in. */
  patient: words,
  patientId: PatientId.optional(),
  action: AuditAction.optional(),
  outcome: AuditOutcome.optional(),
  /** What was done under it, and its opening. */
  emergencyAccessId: EmergencyAccessId.optional(),
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
};
const admins = { kind: 'roles', roles: ['admin'] } as const;

export const auditEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/audit/events',
    access: admins,
    summary: 'Who did what, newest first',
    description: 'Every search leaves a row of its own. Days are those of the organization’s time zone.',
    params: NoParams,
    query: z.strictObject({ ...filter, ...PageQuery }),
    body: NoBody,
    response: page(TrailEntry),
    status: 200,
    errors: [],
    limit: 'record',
  }),
  exportTable: defineEndpoint({
    method: 'GET',
    path: '/api/v1/audit/events.csv',
    access: admins,
    summary: 'Who did what, as a table for a spreadsheet',
    description: 'Newest first. Instants are UTC.',
    params: NoParams,
    query: z.strictObject(filter),
    body: NoBody,
    response: CsvText,
    status: 200,
    errors: [],
    limit: 'record',
  }),
  exportFhir: defineEndpoint({
    method: 'GET',
    path: '/api/v1/audit/events.ndjson',
    access: admins,
    summary: 'Who did what, as FHIR R4 AuditEvent resources',
    description: 'One a line, newest first, after the profiles of IHE ITI BALP where one fits.',
    params: NoParams,
    query: z.strictObject(filter),
    body: NoBody,
    response: FhirNdjson,
    status: 200,
    errors: [],
    limit: 'record',
  }),
  mine: defineEndpoint({
    method: 'GET',
    path: '/api/v1/audit/mine',
    access: { kind: 'roles', roles: ['patient'] },
    summary: 'Who opened my record, newest first',
    description:
      'What was done with it, and who saw its patient in a list. What was refused opened nothing and is left out.',
    params: NoParams,
    query: z.strictObject({
      /** `shown`: also what the patient did. */
      own: z.literal('shown').optional(),
      ...PageQuery,
    }),
    body: NoBody,
    response: page(RecordAccess),
    status: 200,
    errors: ['NOT_FOUND'],
    limit: 'record',
    forDependants: 'records',
  }),
} as const;
