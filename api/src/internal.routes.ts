import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { bindEndpoints, type BoundEndpoint } from './core/bind-endpoint.ts';
import type { SessionService } from './features/auth/session.service.ts';
import type { ChatService } from './features/chat/chat.service.ts';
import type { NodeService } from './features/nodes/node.service.ts';
import type { QualityService } from './features/quality/quality.service.ts';
import type { FactsService } from './features/seats/facts.service.ts';
import type { RelayService } from './features/seats/relay.service.ts';
import type { SeatService } from './features/seats/seat.service.ts';

export interface InternalRoutesDeps {
  readonly seats: SeatService;
  readonly chat: ChatService;
  readonly relay: RelayService;
  readonly facts: FactsService;
  readonly quality: Pick<QualityService, 'store'>;
  readonly nodes: Pick<NodeService, 'store'>;
  readonly sessions: Pick<SessionService, 'findEnded'>;
}

/** For signaling; the front door does not pass these paths on. */
export function bindInternalEndpoints({
  seats,
  chat,
  relay,
  facts,
  quality,
  nodes,
  sessions,
}: InternalRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(internalApiEndpoints, {
    seatContext: ({ requestId }, { params }) => seats.context(params, requestId),
    checkIn: ({ requestId }, { params }) => seats.checkIn(params, requestId),
    storeMessage: ({ requestId }, { params, body }) => chat.store(params, body, requestId),
    messages: async ({ requestId }, { params, query }) => ({
      messages: await relay.messages(params, query, requestId),
    }),
    visitStates: async (_call, { body }) => ({ visits: await relay.visitStates(body.visits) }),
    queue: async ({ requestId }, { params: { organizationId, practitionerId }, query }) => ({
      entries: await relay.queue(practitionerId, { organizationId, ...query }, requestId),
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
