import { randomUUID } from 'node:crypto';
import type {
  ChatDraft,
  ChatMessage,
  ErrorCode,
  PractitionerId,
  QueueEntry,
  SessionId,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import {
  internalApiEndpoints,
  type DeskTicketClaims,
  type Fact,
  type NodeLoad,
  type QualitySample,
  type SeatContext,
  type SeatKey,
  type SignalingNode,
  type VisitKey,
} from '@careconnect/contracts/internal';
import { AppError, type CallService } from '@careconnect/platform';

/** All that signaling asks of api. Every method can fail with UPSTREAM_UNAVAILABLE. */
export interface ApiClient {
  seatContext(seat: SeatKey): Promise<SeatContext>;
  checkIn(seat: SeatKey): Promise<SeatContext>;
  storeMessage(seat: SeatKey, draft: ChatDraft): Promise<ChatMessage>;
  /** A page of the messages after a sequence number: the first of them, or the last. */
  messages(visit: VisitKey, afterSequence: number, which: 'first' | 'last'): Promise<ChatMessage[]>;
  visitStates(visits: VisitKey[]): Promise<{ visitId: VisitId; state: VisitState }[]>;
  queue(practitionerId: PractitionerId, watcher: DeskTicketClaims): Promise<QueueEntry[]>;
  storeFacts(facts: Fact[]): Promise<void>;
  /** Nobody has been connected to that node, which is gone, since. */
  reportMissing(gone: SignalingNode, since: Date): Promise<void>;
  storeQuality(samples: QualitySample[]): Promise<void>;
  storeLoads(loads: NodeLoad[]): Promise<void>;
  /** Which of these were ended by somebody; one that has merely run out is not among them. */
  endedSessions(sessionIds: readonly SessionId[]): Promise<SessionId[]>;
}

/** @param node the name of this process among those of its kind */
export function createApiClient(call: CallService, node: SignalingNode): ApiClient {
  const ask: CallService = async (endpoint, request) => {
    try {
      return await call(endpoint, request);
    } catch (error) {
      throw asOwnError(error, endpoint.errors);
    }
  };

  return {
    seatContext: (seat) => ask(internalApiEndpoints.seatContext, { params: seat }),
    checkIn: (seat) => ask(internalApiEndpoints.checkIn, { params: seat }),
    storeMessage: (seat, draft) => ask(internalApiEndpoints.storeMessage, { params: seat, body: draft }),
    messages: async (visit, afterSequence, which) => {
      const answer = await ask(internalApiEndpoints.messages, {
        params: visit,
        query: { afterSequence, which },
      });
      return answer.messages;
    },
    visitStates: async (visits) => {
      const answer = await ask(internalApiEndpoints.visitStates, { body: { visits } });
      return answer.visits;
    },
    queue: async (practitionerId, { org: organizationId, sub: userId, role }) => {
      const params = { organizationId, practitionerId };
      const answer = await ask(internalApiEndpoints.queue, { params, query: { userId, role } });
      return answer.entries;
    },
    storeFacts: async (facts) => {
      await ask(internalApiEndpoints.facts, { body: { node, facts } });
    },
    reportMissing: async (gone, since) => {
      const fact = {
        type: 'signaling.started',
        idempotencyKey: randomUUID(),
        at: since.toISOString(),
      } as const;
      await ask(internalApiEndpoints.facts, { body: { node: gone, facts: [fact] } });
    },
    storeQuality: async (samples) => {
      await ask(internalApiEndpoints.qualitySamples, { body: { samples } });
    },
    storeLoads: async (loads) => {
      await ask(internalApiEndpoints.nodeLoads, { body: { loads } });
    },
    endedSessions: async (sessionIds) => {
      const body = { sessionIds: [...sessionIds] };
      return (await ask(internalApiEndpoints.endedSessions, { body })).endedIds;
    },
  };
}

/** Whether api was there and would not have what it was sent, whoever is to blame. */
export function isRefusedByApi(error: unknown): boolean {
  const said = error instanceof AppError && error.cause instanceof AppError ? error.cause : error;
  return said instanceof AppError && (said.code === 'INTERNAL' || said.code === 'VALIDATION_FAILED');
}

/**
 * An error that the endpoint declares is about the person's request and is passed on. Any other, such as
 * a refused service token, is between our processes: to the person it means "try again".
 */
function asOwnError(error: unknown, declared: readonly ErrorCode[]): AppError {
  if (error instanceof AppError && (declared.includes(error.code) || error.code === 'UPSTREAM_UNAVAILABLE'))
    return error;
  return new AppError('UPSTREAM_UNAVAILABLE', 'This did not go through. Please try again in a moment.', {
    cause: error,
  });
}
