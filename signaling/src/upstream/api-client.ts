import type { ChatDraft, ChatMessage, ErrorCode, QueueEntry } from '@careconnect/contracts';
import type {
  OrganizationId,
  PractitionerId,
  SeatId,
  SessionId,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import {
  internalApiEndpoints,
  type Fact,
  type SeatContext,
  type SignalingNode,
} from '@careconnect/contracts/internal';
import { AppError, type CallService } from '@careconnect/platform';

/** All that signaling asks of api. Every method can fail with UPSTREAM_UNAVAILABLE. */
export interface ApiClient {
  seatContext(visitId: VisitId, seatId: SeatId): Promise<SeatContext>;
  checkIn(visitId: VisitId, seatId: SeatId): Promise<SeatContext>;
  storeMessage(visitId: VisitId, seatId: SeatId, draft: ChatDraft): Promise<ChatMessage>;
  /** A page of the messages after a sequence number: the first of them, or the last. */
  messages(visitId: VisitId, afterSequence: number, which: 'first' | 'last'): Promise<ChatMessage[]>;
  visitStates(visitIds: VisitId[]): Promise<{ visitId: VisitId; state: VisitState }[]>;
  queue(organizationId: OrganizationId, practitionerId: PractitionerId): Promise<QueueEntry[]>;
  storeFacts(facts: Fact[]): Promise<void>;
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
    seatContext: (visitId, seatId) => ask(internalApiEndpoints.seatContext, { params: { visitId, seatId } }),
    checkIn: (visitId, seatId) => ask(internalApiEndpoints.checkIn, { params: { visitId, seatId } }),
    storeMessage: (visitId, seatId, draft) =>
      ask(internalApiEndpoints.storeMessage, { params: { visitId, seatId }, body: draft }),
    messages: async (visitId, afterSequence, which) => {
      const answer = await ask(internalApiEndpoints.messages, {
        params: { visitId },
        query: { afterSequence, which },
      });
      return answer.messages;
    },
    visitStates: async (visitIds) => {
      const answer = await ask(internalApiEndpoints.visitStates, { body: { visitIds } });
      return answer.visits;
    },
    queue: async (organizationId, practitionerId) => {
      const answer = await ask(internalApiEndpoints.queue, { params: { organizationId, practitionerId } });
      return answer.entries;
    },
    storeFacts: async (facts) => {
      await ask(internalApiEndpoints.facts, { body: { node, facts } });
    },
    endedSessions: async (sessionIds) => {
      const body = { sessionIds: [...sessionIds] };
      return (await ask(internalApiEndpoints.endedSessions, { body })).endedIds;
    },
  };
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
