import type { ChatMessage, RoomSnapshot } from '@careconnect/contracts';
import type { VisitKey } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { Seat } from '../visits/seat.ts';
import { ChatLog } from './chat-log.ts';

export interface RoomChatOptions {
  readonly visit: VisitKey;
  readonly api: Pick<ApiClient, 'messages'>;
  readonly seats: Iterable<Seat>;
  readonly log: Logger;
}

/** The words of one live visit: what has been said, and showing it to everyone in the room. */
export class RoomChat {
  readonly #options: RoomChatOptions;
  readonly #log: ChatLog;

  constructor(options: RoomChatOptions) {
    this.#options = options;
    this.#log = new ChatLog((sequence) => options.api.messages(options.visit, sequence, 'last'));
  }

  /** The newest messages for someone who knows all until `sequence`. */
  newsAfter(sequence: number): Pick<RoomSnapshot, 'messages' | 'hasOlderMessages'> {
    return {
      messages: this.#log.since(sequence),
      hasOlderMessages: this.#log.hasForgottenAfter(sequence),
    };
  }

  /** The page of messages that follows `sequence`. */
  async pageAfter(sequence: number): Promise<ChatMessage[]> {
    const { api, visit } = this.#options;
    if (!this.#log.hasForgottenAfter(sequence)) return this.#log.since(sequence);
    return api.messages(visit, sequence, 'first');
  }

  /** Loads the messages once. False when api did not give them; a visit goes on without. */
  async load(): Promise<boolean> {
    try {
      for (const missed of await this.#log.catchUp()) this.#show(missed, null);
      return true;
    } catch (error) {
      const { log, visit } = this.#options;
      log.warn({ err: error, visitId: visit.visitId }, 'messages are not loaded yet');
      return false;
    }
  }

  /** Shows a stored message, and any that were missed before it, to everyone but who has it as an answer. */
  async stored(message: ChatMessage): Promise<void> {
    for (const fresh of await this.#log.add(message)) this.#show(fresh, message);
  }

  /** Shows a message that nobody here has sent, and any that were missed before it, to everyone. */
  async told(message: ChatMessage): Promise<void> {
    for (const fresh of await this.#log.add(message)) this.#show(fresh, null);
  }

  #show(message: ChatMessage, answered: ChatMessage | null): void {
    for (const seat of this.#options.seats) {
      const isAnswered = message.id === answered?.id && message.authorSeatId === seat.id;
      if (seat.isInRoom && !isAnswered) seat.push('chat:message', message);
    }
  }
}
