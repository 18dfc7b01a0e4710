import { z } from 'zod';
import { InVisitFor } from '../core/acting.ts';
import { defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId, PractitionerId, SeatId, SessionId, UserId, VisitId } from '../core/ids.ts';
import { Role } from '../core/roles.ts';
import { Instant, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { CHAT_PAGE_SIZE, ChatDraft, ChatMessage } from '../features/chat.ts';
import { QualityMeasures, ServerMeasures } from '../features/quality.ts';
import { QueueEntries, WaitingPosition } from '../features/queue.ts';
import { SeatRole } from '../features/seats.ts';
import { Visit, VisitState } from '../features/visit.ts';
import { NODE_LOADS_MAX, NodeLoad, SignalingNode } from './node-load.ts';

/**
 * Claims of a join ticket (JWT, audience {@link SEAT_TICKET_AUDIENCE}). `jti` makes it single use; `sid` is
 * the session it was minted in, and what is let in with it goes when that session ends.
 */
export const SeatTicketClaims = z.object({
  sub: UserId,
  sid: SessionId,
  jti: z.uuid(),
  exp: z.number().int(),
  org: OrganizationId,
  visitId: VisitId,
  seatId: SeatId,
  seatRole: SeatRole,
  name: z.string(),
  inVisitFor: InVisitFor.optional(),
});
export type SeatTicketClaims = z.infer<typeof SeatTicketClaims>;
export const SEAT_TICKET_AUDIENCE = 'careconnect:seat';

/** Claims of a desk ticket (JWT, audience {@link DESK_TICKET_AUDIENCE}). */
export const DeskTicketClaims = z.object({
  sub: UserId,
  sid: SessionId,
  jti: z.uuid(),
  exp: z.number().int(),
  org: OrganizationId,
  role: Role,
  practitionerId: PractitionerId.nullable(),
});
export type DeskTicketClaims = z.infer<typeof DeskTicketClaims>;
export const DESK_TICKET_AUDIENCE = 'careconnect:desk';

/** Which visit, and whose: our own processes name the tenant in every question. */
export const VisitKey = z.strictObject({ organizationId: OrganizationId, visitId: VisitId });
export type VisitKey = z.infer<typeof VisitKey>;

/** Which seat in it. */
export const SeatKey = z.strictObject({ ...VisitKey.shape, seatId: SeatId });
export type SeatKey = z.infer<typeof SeatKey>;

const once = { idempotencyKey: z.uuid(), at: Instant };

/** Something that has happened in signaling and that api must know. Repeats of a key change nothing. */
export const Fact = z.discriminatedUnion('type', [
  /** A node begins. Nobody is connected to it, whatever the process before it has told. */
  z.strictObject({ type: z.literal('signaling.started'), ...once }),
  z.strictObject({ type: z.literal('seat.connected'), ...once, ...SeatKey.shape }),
  z.strictObject({ type: z.literal('seat.disconnected'), ...once, ...SeatKey.shape }),
  z.strictObject({ type: z.literal('seat.joined'), ...once, ...SeatKey.shape }),
  /** Out of the room, or of the waiting room, for whatever reason. */
  z.strictObject({ type: z.literal('seat.left'), ...once, ...SeatKey.shape }),
  /** Its person has said that they leave. */
  z.strictObject({ type: z.literal('seat.goodbye'), ...once, ...SeatKey.shape }),
]);
export type Fact = z.infer<typeof Fact>;
export type SeatFact = Exclude<Fact, { type: 'signaling.started' }>;

/**
 * One measured period of one seat, at both ends; `at` is when it ended. It is no fact about where somebody is,
 * and travels apart, so that a flood of these delays or displaces none of those. Repeats of a key of a seat
 * change nothing.
 */
export const QualitySample = z.strictObject({
  ...once,
  ...SeatKey.shape,
  measures: QualityMeasures,
  /** Null when the media server could not be asked. */
  server: ServerMeasures.nullable(),
});
export type QualitySample = z.infer<typeof QualitySample>;

/** How many samples travel together. */
export const QUALITY_SAMPLES_MAX = 40;

/** What signaling must know to seat someone. */
export const SeatContext = z.object({
  visit: Visit,
  /** What `mayEnterRoom` says of this seat and the visit's present state. */
  mayJoin: z.boolean(),
  /** True when this seat waits for the host to let it in: its patient is here. Never for the host. */
  isCheckedIn: z.boolean(),
  position: WaitingPosition.nullable(),
});
export type SeatContext = z.infer<typeof SeatContext>;

/** How many sessions one question may be about. */
export const ENDED_SESSIONS_MAX_ASKED = 500;

/** The most visits whose states are asked for at once. */
export const VISIT_STATES_MAX = 500;

const service = { kind: 'service' } as const;
const VISIT_PATH = '/internal/v1/organizations/:organizationId/visits/:visitId';
const SEAT_PATH = `${VISIT_PATH}/seats/:seatId`;

/** Endpoints of api for our own processes. They never pass the front door. */
export const internalApiEndpoints = {
  seatContext: defineEndpoint({
    method: 'GET',
    path: SEAT_PATH,
    access: service,
    summary: 'What signaling needs to seat someone',
    params: SeatKey,
    query: NoQuery,
    body: NoBody,
    response: SeatContext,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_OVER'],
  }),
  checkIn: defineEndpoint({
    method: 'POST',
    path: `${SEAT_PATH}/check-in`,
    access: service,
    summary: 'The patient is here: scheduled → waiting (again is fine), from half an hour before the start',
    params: SeatKey,
    query: NoQuery,
    body: NoBody,
    response: SeatContext,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_OVER', 'VISIT_TOO_EARLY', 'VISIT_TRANSITION_REFUSED'],
  }),
  storeMessage: defineEndpoint({
    method: 'POST',
    path: `${SEAT_PATH}/messages`,
    access: service,
    summary: 'Store a chat message; the same clientMessageId answers with the stored one',
    params: SeatKey,
    query: NoQuery,
    body: ChatDraft,
    response: ChatMessage,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'VISIT_OVER', 'CHAT_FULL', 'CONFLICT'],
  }),
  messages: defineEndpoint({
    method: 'GET',
    path: `${VISIT_PATH}/messages`,
    access: service,
    summary: 'Messages of a visit after a sequence number, in order',
    description: 'Of more than a page of them, `which` says whether the first or the last are meant.',
    params: VisitKey,
    query: z.strictObject({
      afterSequence: z.coerce.number().int().nonnegative().default(0),
      which: z.enum(['first', 'last']),
    }),
    body: NoBody,
    response: z.object({ messages: z.array(ChatMessage).max(CHAT_PAGE_SIZE) }),
    status: 200,
    errors: ['VISIT_NOT_FOUND'],
  }),
  visitStates: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/visit-states',
    access: service,
    summary: 'In what states visits are; one that is not known is left out',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ visits: z.array(VisitKey).min(1).max(VISIT_STATES_MAX) }),
    response: z.object({ visits: z.array(z.object({ visitId: VisitId, state: VisitState })) }),
    status: 200,
    errors: [],
  }),
  queue: defineEndpoint({
    method: 'GET',
    path: '/internal/v1/organizations/:organizationId/practitioners/:practitionerId/queue',
    access: service,
    summary: "A doctor's queue of today",
    params: z.strictObject({ organizationId: OrganizationId, practitionerId: PractitionerId }),
    /** Who is shown it. */
    query: z.strictObject({ userId: UserId, role: Role }),
    body: NoBody,
    response: z.object({ entries: QueueEntries }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  facts: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/facts',
    access: service,
    summary: 'Facts from signaling, each stored once',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ node: SignalingNode, facts: z.array(Fact).min(1).max(200) }),
    response: NoContent,
    status: 204,
    errors: [],
  }),
  qualitySamples: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/quality-samples',
    access: service,
    summary: 'How good sound and picture were, each period of each seat stored once',
    description: 'One about a seat that does not exist is left out, as is what a seat has too many of.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ samples: z.array(QualitySample).min(1).max(QUALITY_SAMPLES_MAX) }),
    response: NoContent,
    status: 204,
    errors: [],
  }),
  nodeLoads: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/node-loads',
    access: service,
    summary: 'What nodes of the platform carry right now; each word takes the place of the one before',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ loads: z.array(NodeLoad).min(1).max(NODE_LOADS_MAX) }),
    response: NoContent,
    status: 204,
    errors: [],
  }),
  endedSessions: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/sessions/ended',
    access: service,
    summary: 'Which of these sessions were ended by somebody: revoked, or their membership suspended',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ sessionIds: z.array(SessionId).min(1).max(ENDED_SESSIONS_MAX_ASKED) }),
    /** One that has merely run out, or that api does not know, is not among them. */
    response: z.object({ endedIds: z.array(SessionId) }),
    status: 200,
    errors: [],
  }),
} as const;
