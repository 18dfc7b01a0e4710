import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { PatientId, PractitionerId, VisitId } from '../core/ids.ts';
import { CalendarDate, NoBody, NoParams, NoQuery, page, PageQuery } from '../core/values.ts';
import { CHAT_MAX_MESSAGES, CHAT_PAGE_SIZE } from './chat.ts';
import { QUEUE_MAX_ENTRIES, QueueEntries } from './queue.ts';
import { VisitMessages, VisitRecord } from './visit-record.ts';
import { Visit, VisitState } from './visit.ts';
import { VisitReason } from './visit-reason.ts';

const clinical = { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin', 'nurse'] } as const;
const params = z.strictObject({ visitId: VisitId });
/** What is common to all that takes a visit from one state to another. */
const step = {
  method: 'POST',
  params,
  query: NoQuery,
  body: NoBody,
  response: Visit,
  status: 200,
  errors: ['VISIT_NOT_FOUND', 'VISIT_TRANSITION_REFUSED', 'VISIT_OVER'],
} as const;

export const visitEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations',
    access: clinical,
    summary: 'Visits you may see, newest first',
    description:
      'A patient sees their own, a doctor their own, the desk and the administrator all of the organization.',
    params: NoParams,
    query: z.strictObject({
      state: VisitState.optional(),
      practitionerId: PractitionerId.optional(),
      patientId: PatientId.optional(),
      /** Words of the patient's name, in any order. */
      q: z.string().trim().max(200).optional(),
      from: CalendarDate.optional(),
      to: CalendarDate.optional(),
      ...PageQuery,
    }),
    body: NoBody,
    response: page(Visit),
    status: 200,
    errors: [],
    forDependants: 'visits',
  }),
  today: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/today',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin', 'nurse'] },
    summary: "Today's visits of one doctor as a queue",
    description: `Today is the calendar day in the doctor’s own time zone. A doctor may leave practitionerId out. The first ${QUEUE_MAX_ENTRIES} are listed.`,
    params: NoParams,
    query: z.strictObject({ practitionerId: PractitionerId.optional() }),
    body: NoBody,
    response: z.object({ practitionerId: PractitionerId, entries: QueueEntries }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  get: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/:visitId',
    duringSuspension: true,
    access: clinical,
    summary: 'One visit',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'CARE_RELATION_NEEDED'],
    forDependants: 'visits',
  }),
  record: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/:visitId/record',
    access: clinical,
    summary: 'A visit with its times and chat',
    description: `Of a long chat the first ${CHAT_PAGE_SIZE} messages are here.`,
    params,
    query: NoQuery,
    body: NoBody,
    response: VisitRecord,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'CARE_RELATION_NEEDED'],
    limit: 'record',
    forDependants: 'visits',
  }),
  recordMessages: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/:visitId/record/messages',
    access: clinical,
    summary: "A page of a visit's chat, after a sequence number",
    params,
    query: z.strictObject({
      afterSequence: z.coerce.number().int().nonnegative().max(CHAT_MAX_MESSAGES).default(0),
    }),
    body: NoBody,
    response: VisitMessages,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'CARE_RELATION_NEEDED'],
    limit: 'record',
    forDependants: 'visits',
  }),
  create: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin'] },
    summary: 'Open a visit without an appointment',
    description:
      'A patient has one such visit at a time with a doctor: while it is open, it is the answer to everyone who asks for another.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({
      patientId: PatientId,
      practitionerId: PractitionerId.optional(),
      reason: VisitReason.optional(),
      idempotencyKey: z.uuid(),
    }),
    response: Visit,
    status: 201,
    errors: ['NOT_FOUND'],
  }),
  start: defineEndpoint({
    ...step,
    path: '/api/v1/consultations/:visitId/start',
    duringSuspension: true,
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'Admit the waiting patient',
  }),
  hold: defineEndpoint({
    ...step,
    path: '/api/v1/consultations/:visitId/hold',
    duringSuspension: true,
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'Put the visit on hold',
  }),
  end: defineEndpoint({
    ...step,
    path: '/api/v1/consultations/:visitId/end',
    duringSuspension: true,
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'End the visit for everyone',
  }),
  cancel: defineEndpoint({
    ...step,
    path: '/api/v1/consultations/:visitId/cancel',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin'] },
    summary: 'Take a visit that has not begun out of the queue, with its appointment if it has one',
  }),
} as const;
