import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId, PractitionerId, SessionId } from '../core/ids.ts';
import { NoContent, NoParams, NoQuery } from '../core/values.ts';
import { ChatMessage } from '../features/chat.ts';
import { QUEUE_MAX_ENTRIES, QueueEntries, WaitingPosition } from '../features/queue.ts';
import { Visit } from '../features/visit.ts';

/** Something api has decided and that connected people must see. Sent after the commit. */
export const Push = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('visit.changed'), visit: Visit }),
  z.strictObject({
    type: z.literal('queue.changed'),
    organizationId: OrganizationId,
    practitionerId: PractitionerId,
    entries: QueueEntries,
    positions: z.array(WaitingPosition).max(QUEUE_MAX_ENTRIES),
  }),
  /** Stored by api on its own account: the message of a voice note or a still that has arrived. */
  z.strictObject({ type: z.literal('chat.stored'), message: ChatMessage }),
  /** Somebody ended it: a sign-out, a new password, a stolen token. One that runs out by time is not told of. */
  z.strictObject({ type: z.literal('session.ended'), sessionId: SessionId }),
]);
export type Push = z.infer<typeof Push>;
export type VisitChanged = Extract<Push, { type: 'visit.changed' }>;

/** Where api puts them for several signaling nodes: a Redis stream, each as JSON in one field. */
export const PUSH_STREAM = 'careconnect:pushes';
export const PUSH_STREAM_FIELD = 'push';

/** The most pushes in one request. */
export const PUSH_MAX_COUNT = 100;
/** The largest body of such a request that signaling reads, in bytes. The fullest queue fits alone. */
export const PUSH_BODY_MAX_BYTES = 2 * 1024 * 1024;

/** Endpoints of signaling for our own processes. */
export const internalSignalingEndpoints = {
  push: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/push',
    access: { kind: 'service' },
    summary: 'Tell connected people what changed',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ pushes: z.array(Push).min(1).max(PUSH_MAX_COUNT) }),
    response: NoContent,
    status: 204,
    errors: [],
  }),
} as const;
