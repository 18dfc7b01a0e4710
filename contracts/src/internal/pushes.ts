import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId, PractitionerId, SessionId } from '../core/ids.ts';
import { NoContent, NoParams, NoQuery } from '../core/values.ts';
import { QueueEntry, Visit, WaitingPosition } from '../features/visits.ts';

/** Something api has decided and that connected people must see. Sent after the commit. */
export const Push = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('visit.changed'), visit: Visit }),
  z.strictObject({
    type: z.literal('queue.changed'),
    organizationId: OrganizationId,
    practitionerId: PractitionerId,
    entries: z.array(QueueEntry),
    positions: z.array(WaitingPosition),
  }),
  /** Somebody ended it: a sign-out, a new password, a stolen token. One that runs out by time is not told of. */
  z.strictObject({ type: z.literal('session.ended'), sessionId: SessionId }),
]);
export type Push = z.infer<typeof Push>;
export type VisitChanged = Extract<Push, { type: 'visit.changed' }>;

/** Endpoints of signaling for our own processes. */
export const internalSignalingEndpoints = {
  push: defineEndpoint({
    method: 'POST',
    path: '/internal/v1/push',
    access: { kind: 'service' },
    summary: 'Tell connected people what changed',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ pushes: z.array(Push).min(1).max(200) }),
    response: NoContent,
    status: 204,
    errors: [],
  }),
} as const;
