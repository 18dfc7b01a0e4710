import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { AppointmentId, PatientId, PractitionerId, SeatId, VisitId } from '../core/ids.ts';
import { Role } from '../core/roles.ts';
import { CalendarDate, Instant, NoBody, NoParams, NoQuery, page, PageQuery, Slug } from '../core/values.ts';
import { CHAT_MAX_MESSAGES, CHAT_PAGE_SIZE, ChatMessage } from './chat.ts';
import { SignedIn } from './auth.ts';
import { AdministrativeGender, BirthDate, PersonName, Phone } from './patients.ts';
import { VisitReason } from './visit-reason.ts';

/**
 * The life of a visit. `api` owns every transition:
 * `scheduled → waiting → in_progress ⇄ on_hold → ended → summarised`, with `cancelled` and `no_show`.
 */
export const VisitState = z.enum([
  'scheduled',
  'waiting',
  'in_progress',
  'on_hold',
  'ended',
  'summarised',
  'cancelled',
  'no_show',
]);
export type VisitState = z.infer<typeof VisitState>;

/** The most people who can be seated in one visit at a time. */
export const VISIT_MAX_SEATS = 12;

/** What a person is in a visit. The host admits and ends. */
export const SeatRole = z.enum(['host', 'patient', 'guest']);
export type SeatRole = z.infer<typeof SeatRole>;

export const VisitOrigin = z.enum(['appointment', 'walk_in']);
export type VisitOrigin = z.infer<typeof VisitOrigin>;

export const Visit = z.object({
  id: VisitId,
  state: VisitState,
  origin: VisitOrigin,
  appointmentId: AppointmentId.nullable(),
  reason: z.string().nullable(),
  patient: z.object({ id: PatientId, name: z.string(), birthDate: CalendarDate }),
  practitioner: z.object({ id: PractitionerId, name: z.string(), specialty: z.string() }),
  scheduledAt: Instant.nullable(),
  waitingSince: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  createdAt: Instant,
});
export type Visit = z.infer<typeof Visit>;

/** One line of the visit's own history, in the order it happened. */
export const VisitEvent = z.object({
  at: Instant,
  type: z.enum([
    'scheduled',
    'waiting',
    'started',
    'held',
    'resumed',
    'ended',
    'summarised',
    'cancelled',
    'no_show',
    'joined',
    'left',
  ]),
  actorName: z.string().nullable(),
});
export type VisitEvent = z.infer<typeof VisitEvent>;

/** A page of what was written in a visit, in order. The one after it begins after its last sequence number. */
export const VisitMessages = z.object({
  messages: z.array(ChatMessage).max(CHAT_PAGE_SIZE),
  /** How many the visit has, on all pages. */
  messageCount: z.number().int().nonnegative(),
});
export type VisitMessages = z.infer<typeof VisitMessages>;

/** The page that stays after a visit, with the first page of what was written. */
export const VisitRecord = z.object({
  visit: Visit,
  events: z.array(VisitEvent),
  ...VisitMessages.shape,
});
export type VisitRecord = z.infer<typeof VisitRecord>;

/** A row of a doctor's waiting room, most urgent or longest waiting first. */
export const QueueEntry = z.object({
  visitId: VisitId,
  state: VisitState,
  patientName: z.string(),
  /** Whole years on the day of the visit. */
  patientAge: z.number().int().nonnegative(),
  reason: z.string().nullable(),
  origin: VisitOrigin,
  scheduledAt: Instant.nullable(),
  waitingSince: Instant.nullable(),
  /** The patient has an open connection right now. */
  isPresent: z.boolean(),
  /**
   * Since when not, and whether they have said that they leave. Null while the patient is present, and for one
   * who has never been.
   */
  absence: z.object({ since: Instant, hasLeft: z.boolean() }).nullable(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/**
 * The most entries of one queue that are shown, the first in queue order: many times what a doctor can see
 * in a day, and few enough for one push, however long their texts are.
 */
export const QUEUE_MAX_ENTRIES = 500;
export const QueueEntries = z.array(QueueEntry).max(QUEUE_MAX_ENTRIES);

/** Where a waiting patient stands. */
export const WaitingPosition = z.object({
  visitId: VisitId,
  /** 1 means next. */
  position: z.number().int().positive(),
  /** True while the doctor is in another visit. */
  isDoctorBusy: z.boolean(),
  /** A range in minutes, or null when there is nothing to estimate from. */
  estimateMinutes: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
});
export type WaitingPosition = z.infer<typeof WaitingPosition>;

/** A permission to sit down in one seat of one visit, good for one connection within `expiresAt`. */
export const JoinTicket = z.object({
  ticket: z.string(),
  expiresAt: Instant,
  seatId: SeatId,
  seatRole: SeatRole,
});
export type JoinTicket = z.infer<typeof JoinTicket>;

export const JOIN_TICKET_TTL_SECONDS = 60;

const clinical = { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin'] } as const;
const people = { kind: 'roles', roles: ['patient', 'doctor'] } as const;
const params = z.strictObject({ visitId: VisitId });

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
  }),
  today: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/today',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin'] },
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
    access: clinical,
    summary: 'One visit',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND'],
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
    errors: ['VISIT_NOT_FOUND'],
    limit: 'record',
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
    errors: ['VISIT_NOT_FOUND'],
    limit: 'record',
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
  walkIn: defineEndpoint({
    method: 'POST',
    path: '/api/v1/walk-ins/:slug',
    access: { kind: 'public' },
    summary: "Enter a doctor's waiting room through their link",
    description:
      'Someone who is signed in as a patient enters as themselves and leaves `guest` out. Anyone else gives name and birth date and gets a session for this visit.',
    params: z.strictObject({ slug: Slug }),
    query: NoQuery,
    body: z.strictObject({
      reason: VisitReason.optional(),
      guest: z
        .strictObject({
          name: PersonName,
          birthDate: BirthDate,
          gender: AdministrativeGender.default('unknown'),
          phone: Phone.optional(),
        })
        .optional(),
      idempotencyKey: z.uuid(),
    }),
    response: z.object({ visit: Visit, session: SignedIn.nullable() }),
    status: 201,
    errors: ['NOT_FOUND', 'WALK_IN_CLOSED', 'WALK_IN_FULL'],
    limit: 'walkIn',
  }),
  joinTicket: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/join-ticket',
    access: people,
    summary: 'A 60-second ticket for your seat in this visit',
    params,
    query: NoQuery,
    body: NoBody,
    response: JoinTicket,
    status: 201,
    errors: ['VISIT_NOT_FOUND', 'VISIT_NOT_YOURS', 'VISIT_OVER', 'VISIT_FULL'],
  }),
  start: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/start',
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'Admit the waiting patient',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_TRANSITION_REFUSED', 'VISIT_OVER'],
  }),
  hold: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/hold',
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'Put the visit on hold',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_TRANSITION_REFUSED', 'VISIT_OVER'],
  }),
  end: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/end',
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'End the visit for everyone',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_TRANSITION_REFUSED', 'VISIT_OVER'],
  }),
  cancel: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/cancel',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin'] },
    summary: 'Take a visit that has not begun out of the queue, with its appointment if it has one',
    params,
    query: NoQuery,
    body: NoBody,
    response: Visit,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_TRANSITION_REFUSED', 'VISIT_OVER'],
  }),
  deskTicket: defineEndpoint({
    method: 'POST',
    path: '/api/v1/desk-ticket',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin'] },
    summary: 'A 60-second ticket to watch waiting rooms live',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({
      ticket: z.string(),
      expiresAt: Instant,
      role: Role,
      practitionerId: PractitionerId.nullable(),
    }),
    status: 201,
    errors: [],
  }),
} as const;
