import { isVisitOver, type ChatMessage } from '@careconnect/contracts';
import type { SeatKey } from '@careconnect/contracts/internal';
import { KeyedQueue, type Clock } from '@careconnect/platform';
import type { SeatRepository } from '../seats/seat.repository.ts';
import type { StoredSeat } from '../seats/stored-seat.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { ChatRepository, StorableMessage } from './chat.repository.ts';

export interface ChatServiceDeps {
  readonly chat: ChatRepository;
  readonly seats: Pick<SeatRepository, 'find'>;
  readonly clock: Clock;
}

/** The chat of a visit, as signaling passes it on. */
export interface ChatService {
  /** Stored when this resolves. The same clientMessageId answers with the message that was stored first. */
  store(seat: SeatKey, draft: StorableMessage, requestId: string): Promise<ChatMessage>;
}

/** Only another node can take a number away, and each time it does, its message has gone through. */
const MAX_ROUNDS = 20;

export function createChatService({ chat, seats, clock }: ChatServiceDeps): ChatService {
  // Messages of one visit take their numbers one after the other, without each holding a connection meanwhile.
  const oneAtATime = new KeyedQueue();

  async function storeNext(
    seat: StoredSeat,
    draft: StorableMessage,
    requestId: string,
  ): Promise<ChatMessage | null> {
    const { organizationId, visit } = seat.stored;
    const author = { seatId: seat.id, userId: seat.userId, role: seat.role };
    await chat.insert({ organizationId, visit, author, draft, requestId, at: clock.now() });
    return chat.findByClientId({ organizationId, visit }, draft.clientMessageId);
  }

  async function requireSeat(key: SeatKey): Promise<StoredSeat> {
    const seat = await seats.find(key);
    if (!seat) throw visitErrors.notFound();
    return seat;
  }

  return {
    store: (key, draft, requestId) =>
      oneAtATime.run(key.visitId, async () => {
        for (let round = 0; round < MAX_ROUNDS; round += 1) {
          const seat = await requireSeat(key);
          const message = await storeNext(seat, draft, requestId);
          if (message && message.authorSeatId !== key.seatId) throw visitErrors.keyUsed();
          if (message) return message;
          if (isVisitOver(seat.stored.visit.state)) throw visitErrors.over();
          if (await chat.isFull(seat.stored, draft)) throw visitErrors.chatFull();
        }
        throw visitErrors.busy();
      }),
  };
}
