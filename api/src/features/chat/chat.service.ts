import type { ChatDraft, ChatMessage, SeatId, VisitId } from '@careconnect/contracts';
import { KeyedQueue, type Clock } from '@careconnect/platform';
import type { SeatRepository, StoredSeat } from '../seats/seat.repository.ts';
import { isOver } from '../visits/visit.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { ChatRepository } from './chat.repository.ts';

export interface ChatServiceDeps {
  readonly chat: ChatRepository;
  readonly seats: Pick<SeatRepository, 'find'>;
  readonly clock: Clock;
}

/** The chat of a visit, as signaling passes it on. */
export interface ChatService {
  /** Stored when this resolves. The same clientMessageId answers with the message that was stored first. */
  store(visitId: VisitId, seatId: SeatId, draft: ChatDraft, requestId: string): Promise<ChatMessage>;
}

/** Only another node can take a number away, and each time it does, its message has gone through. */
const MAX_ROUNDS = 20;

export function createChatService({ chat, seats, clock }: ChatServiceDeps): ChatService {
  // Messages of one visit take their numbers one after the other, without each holding a connection meanwhile.
  const oneAtATime = new KeyedQueue();

  async function storeNext(
    seat: StoredSeat,
    draft: ChatDraft,
    requestId: string,
  ): Promise<ChatMessage | null> {
    const { organizationId, visit } = seat.stored;
    const author = { seatId: seat.id, userId: seat.userId, role: seat.role };
    await chat.insert({ organizationId, visit, author, draft, requestId, at: clock.now() });
    return chat.findByClientId({ organizationId, visit }, draft.clientMessageId);
  }

  async function requireSeat(visitId: VisitId, seatId: SeatId): Promise<StoredSeat> {
    const seat = await seats.find(visitId, seatId);
    if (!seat) throw visitErrors.notFound();
    return seat;
  }

  return {
    store: (visitId, seatId, draft, requestId) =>
      oneAtATime.run(visitId, async () => {
        for (let round = 0; round < MAX_ROUNDS; round += 1) {
          const seat = await requireSeat(visitId, seatId);
          const message = await storeNext(seat, draft, requestId);
          if (message && message.authorSeatId !== seatId) throw visitErrors.keyUsed();
          if (message) return message;
          if (isOver(seat.stored.visit.state)) throw visitErrors.over();
        }
        throw visitErrors.busy();
      }),
  };
}
