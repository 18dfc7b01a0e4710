import { CHAT_PAGE_SIZE, ClientMessageId, type ChatMessage, type RoomSnapshot } from '@careconnect/contracts';
import type { SeatMemory, UnsentMessage } from './seat-memory.ts';
import { SessionError } from './session-error.ts';

/** How long to wait before what was not answered is sent again, in ms. */
const RETRY_MS = 3_000;

/** A message that is not stored yet: on its way, waiting for its next try, or refused. */
export interface PendingMessage extends UnsentMessage {
  readonly hasFailed: boolean;
  /** The server will not have it: it waits for the person to try again. */
  readonly isRefused: boolean;
}

export interface ChatServer {
  readonly send: (draft: { clientMessageId: ClientMessageId; body: string }) => Promise<ChatMessage>;
  /** The first page of messages after a sequence number. */
  readonly since: (afterSequence: number) => Promise<readonly ChatMessage[]>;
}

/** Where words are kept that have not reached the server, for the next page of the same visit. */
export type ChatMemory = Pick<SeatMemory, 'draft' | 'unsent'>;

type ChatNews = Pick<RoomSnapshot, 'messages' | 'hasOlderMessages'>;

/** The conversation of one visit: what is stored, what is on its way, and what is unread. */
export class ChatLog {
  messages = $state.raw<readonly ChatMessage[]>([]);
  unread = $state(0);
  /** How many messages were written here, whatever has become of them. */
  written = $state(0);
  /** Earlier messages are on their way. */
  isLoading = $state(false);

  readonly #server: ChatServer;
  readonly #memory: ChatMemory;
  #draft = $state('');
  #pending = $state.raw<readonly PendingMessage[]>([]);
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #isOpen = false;
  #isClosed = false;

  constructor(server: ChatServer, memory: ChatMemory) {
    this.#server = server;
    this.#memory = memory;
    this.#draft = memory.draft;
    this.#pending = memory.unsent.map((message) => ({
      ...message,
      hasFailed: true,
      isRefused: message.isTooMany,
    }));
  }

  /** What is being written. It outlives the panel, which people close while they write, and the page. */
  get draft(): string {
    return this.#draft;
  }

  set draft(body: string) {
    this.#draft = body;
    if (!this.#isClosed) this.#memory.draft = body;
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** Of the messages from the first that is here, all up to this sequence number are. */
  get knownUpTo(): number {
    const [first] = this.messages;
    if (!first) return 0;
    return this.messages.reduce(
      (known, { sequence }) => (sequence === known + 1 ? sequence : known),
      first.sequence - 1,
    );
  }

  /** The visit has messages from before the first that is here. */
  get hasOlder(): boolean {
    return (this.messages[0]?.sequence ?? 1) > 1;
  }

  /** The panel is on the screen: what is there counts as read. */
  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) this.unread = 0;
  }

  /** Takes what a snapshot brings. Where it leaves a gap, what is before the gap comes when it is asked for. */
  catchUp({ messages, hasOlderMessages }: ChatNews, { isNews }: { isNews: boolean }): void {
    const [first] = messages;
    if (hasOlderMessages && first && first.sequence > this.knownUpTo + 1) {
      this.messages = this.messages.filter(({ sequence }) => sequence >= first.sequence);
    }
    this.receive(messages, { isNews });
  }

  /** Loads a page of earlier messages. @throws SessionError when they could not be had */
  async loadOlder(): Promise<void> {
    const [first] = this.messages;
    if (this.isLoading || !first) return;
    this.isLoading = true;
    try {
      const older = await this.#server.since(Math.max(0, first.sequence - 1 - CHAT_PAGE_SIZE));
      this.receive(older, { isNews: false });
    } finally {
      this.isLoading = false;
    }
  }

  /** Adds stored messages, each once and in the visit's order. */
  receive(messages: readonly ChatMessage[], { isNews }: { isNews: boolean }): void {
    const fresh = messages.filter(({ id }) => !this.messages.some((message) => message.id === id));
    if (fresh.length === 0) return;
    const waiting = this.pending.length;
    this.#setPending(this.pending.filter((mine) => !fresh.some((message) => isSame(mine, message))));
    this.messages = [...this.messages, ...fresh].toSorted((a, b) => a.sequence - b.sequence);
    const delivered = waiting - this.pending.length;
    if (isNews && !this.#isOpen) this.unread += fresh.length - delivered;
  }

  async send(body: string): Promise<void> {
    this.written += 1;
    await this.#deliver({
      clientMessageId: ClientMessageId.parse(crypto.randomUUID()),
      body,
      hasFailed: false,
      isRefused: false,
      isTooMany: false,
    });
  }

  /** Sends a failed message again under the same id, so that it is stored once whatever happened. */
  async retry(message: PendingMessage): Promise<void> {
    await this.#deliver({ ...message, hasFailed: false, isRefused: false });
  }

  /** Sends again what has only not come through. */
  async retryAll(): Promise<void> {
    this.#clearRetry();
    for (const message of this.pending.filter(({ hasFailed, isRefused }) => hasFailed && !isRefused)) {
      if (this.#isClosed) return;
      await this.retry(message);
    }
  }

  /** The stay is over: what is still on its way is not written down any more. */
  close(): void {
    this.#isClosed = true;
    this.#clearRetry();
  }

  async #deliver(message: PendingMessage): Promise<void> {
    this.#put(message);
    try {
      const stored = await this.#server.send({
        clientMessageId: message.clientMessageId,
        body: message.body,
      });
      this.receive([stored], { isNews: false });
    } catch (error) {
      const { code, isPassing } = SessionError.from(error);
      const isOutside = code === 'DISCONNECTED' || code === 'NOT_IN_ROOM';
      const isRefused = !isPassing && !isOutside;
      this.#put({ ...message, hasFailed: true, isRefused, isTooMany: code === 'CHAT_FULL' });
      // Whoever is outside sends it on coming back in.
      if (!isRefused && !isOutside) this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#clearRetry();
    this.#retryTimer = setTimeout(() => void this.retryAll(), RETRY_MS);
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #put(message: PendingMessage): void {
    const others = this.pending.filter((other) => !isSame(other, message));
    // A message whose failure came after its arrival is stored: nothing is left to send.
    const isStored = this.messages.some((stored) => isSame(stored, message));
    this.#setPending(isStored ? others : [...others, message]);
  }

  #setPending(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    if (this.#isClosed) return;
    this.#memory.unsent = pending.map(({ clientMessageId, body, isTooMany }) => ({
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
