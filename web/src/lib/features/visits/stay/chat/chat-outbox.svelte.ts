import { ClientMessageId, type ChatMessage } from '@careconnect/contracts';
import { RequestError } from '../seat/request-error.ts';
import { retryDelayMs } from '../seat/retry-delay.ts';
import type { SeatMemory, UnsentMessage } from '../seat/seat-memory.ts';

/** A message that is not stored yet: on its way, waiting for its next try, or refused. */
export interface PendingMessage extends UnsentMessage {
  readonly hasFailed: boolean;
  /** The server will not have it: it waits for the person to try again. */
  readonly isRefused: boolean;
}

export type ChatDraft = Pick<ChatMessage, 'clientMessageId' | 'body'>;

export interface ChatOutboxOptions {
  readonly send: (draft: ChatDraft) => Promise<ChatMessage>;
  readonly memory: Pick<SeatMemory, 'unsent'>;
  readonly onStored: (message: ChatMessage) => void;
}

/**
 * What a person has written and the visit has not stored yet. It goes out in the order in which it was written,
 * one message at a time: "first 5 mg, then 10 mg" must not turn round.
 */
export class ChatOutbox {
  readonly #options: ChatOutboxOptions;
  #pending = $state.raw<readonly PendingMessage[]>([]);
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #isSending = false;
  /** Tries of what is first in line that came to nothing, one after the other. */
  #failures = 0;
  /** Something has changed since the sending began, so that it is worth another round. */
  #isAskedAgain = false;
  #isClosed = false;

  constructor(options: ChatOutboxOptions) {
    this.#options = options;
    this.#pending = options.memory.unsent.map((message) => ({
      ...message,
      hasFailed: true,
      isRefused: message.isTooMany,
    }));
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  async add(body: string): Promise<void> {
    const clientMessageId = ClientMessageId.parse(crypto.randomUUID());
    const message = { clientMessageId, body, hasFailed: false, isRefused: false, isTooMany: false };
    this.#set([...this.#pending, message]);
    await this.flush();
  }

  /** Sends a refused message again under the same id, so that it is stored once whatever happened. */
  async retry(message: PendingMessage): Promise<void> {
    this.#change(message, { hasFailed: false, isRefused: false });
    await this.flush();
  }

  /** Sends what has not come through. What was refused waits for the person. */
  async flush(): Promise<void> {
    this.#clearRetry();
    this.#isAskedAgain = true;
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      await this.#sendInOrder();
    }
    this.#isSending = false;
  }

  /** These are stored, and nothing is left to send of them. Answers how many of them were waiting here. */
  settle(stored: readonly ChatMessage[]): number {
    const left = this.#pending.filter((mine) => !stored.some((message) => isSame(mine, message)));
    const settled = this.#pending.length - left.length;
    if (settled > 0) this.#set(left);
    return settled;
  }

  /** The stay is over: what is still on its way is not written down any more. */
  close(): void {
    this.#isClosed = true;
    this.#clearRetry();
  }

  async #sendInOrder(): Promise<void> {
    for (;;) {
      const next = this.#pending.find(({ isRefused }) => !isRefused);
      if (!next || this.#isClosed || !(await this.#deliver(next))) return;
    }
  }

  /** Answers whether the next one may follow. */
  async #deliver(message: PendingMessage): Promise<boolean> {
    this.#change(message, { hasFailed: false });
    try {
      const { clientMessageId, body } = message;
      const stored = await this.#options.send({ clientMessageId, body });
      this.#failures = 0;
      this.#options.onStored(stored);
      return true;
    } catch (error) {
      const { code, isPassing } = RequestError.from(error);
      const isOutside = code === 'DISCONNECTED' || code === 'NOT_IN_ROOM';
      const isRefused = !isPassing && !isOutside;
      this.#change(message, { hasFailed: true, isRefused, isTooMany: code === 'CHAT_FULL' });
      // Whoever is outside sends it on coming back in.
      if (!isRefused && !isOutside) this.#retryLater();
      return isRefused;
    }
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#clearRetry();
    this.#retryTimer = setTimeout(() => void this.flush(), retryDelayMs(this.#failures));
    this.#failures += 1;
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  /** In its place. One that has been stored meanwhile, whatever its own answer was, is here no more. */
  #change(message: PendingMessage, changes: Partial<PendingMessage>): void {
    this.#set(this.#pending.map((one) => (isSame(one, message) ? { ...one, ...changes } : one)));
  }

  #set(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    if (this.#isClosed) return;
    this.#options.memory.unsent = pending.map(({ clientMessageId, body, isTooMany }) => ({
      clientMessageId,
      body,
      isTooMany,
    }));
  }
}

type Identified = Pick<ChatMessage, 'clientMessageId'>;

function isSame(one: Identified, other: Identified): boolean {
  return one.clientMessageId === other.clientMessageId;
}
