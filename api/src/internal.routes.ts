import { internalApiEndpoints } from '@careconnect/contracts/internal';
import type { Database } from '@careconnect/prisma';
import { bindEndpoints, type BoundEndpoint } from './core/bind-endpoint.ts';
import type { SessionService } from './features/auth/session.service.ts';
import type { ChatService } from './features/chat/chat.service.ts';
import type { NodeService } from './features/nodes/node.service.ts';
import type { QualityService } from './features/quality/quality.service.ts';
import type { FactsService } from './features/seats/facts.service.ts';
import type { RelayService } from './features/seats/relay.service.ts';
import type { SeatService } from './features/seats/seat.service.ts';

export interface InternalRoutesDeps extends Pick<Database, 'tenancy'> {
  readonly seats: SeatService;
  readonly chat: ChatService;
  readonly relay: RelayService;
  readonly facts: FactsService;
  readonly quality: Pick<QualityService, 'store'>;
  readonly nodes: Pick<NodeService, 'store'>;
  readonly sessions: Pick<SessionService, 'findEnded'>;
}

/**
 * For signaling; the front door does not pass these paths on. What is about one visit or one queue is done in the name of
 * its tenant, which signaling has from a ticket; the rest tells of many at once.
 */
export function bindInternalEndpoints({
  tenancy,
  seats,
  chat,
  relay,
  facts,
  quality,
  nodes,
  sessions,
}: InternalRoutesDeps): BoundEndpoint[] {
  const inTenant = <T>({ organizationId }: { readonly organizationId: string }, work: () => Promise<T>) =>
    tenancy.runAsTenant(organizationId, work);

  return bindEndpoints(internalApiEndpoints, {
    seatContext: ({ requestId }, { params }) => inTenant(params, () => seats.context(params, requestId)),
    checkIn: ({ requestId }, { params }) => inTenant(params, () => seats.checkIn(params, requestId)),
    storeMessage: ({ requestId }, { params, body }) =>
      inTenant(params, () => chat.store(params, body, requestId)),
    messages: async ({ requestId }, { params, query }) => ({
      messages: await inTenant(params, () => relay.messages(params, query, requestId)),
    }),
    visitStates: async (_call, { body }) => ({ visits: await relay.visitStates(body.visits) }),
    queue: async ({ requestId }, { params: { organizationId, practitionerId }, query }) => ({
      entries: await inTenant({ organizationId }, () =>
        relay.queue(practitionerId, { organizationId, ...query }, requestId),
      ),
    }),
    facts: async ({ requestId }, { body }) => {
      await facts.store(body.facts, { node: body.node, requestId });
      return undefined;
    },
    qualitySamples: async (_call, { body }) => {
      await quality.store(body.samples);
      return undefined;
    },
    nodeLoads: async (_call, { body }) => {
      await nodes.store(body.loads);
      return undefined;
    },
    endedSessions: async (_context, { body }) => ({
      endedIds: await sessions.findEnded(body.sessionIds),
    }),
  });
}
