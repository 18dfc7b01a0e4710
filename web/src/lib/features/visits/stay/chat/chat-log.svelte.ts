import { CHAT_PAGE_SIZE, type ChatMessage, type RoomSnapshot } from '@careconnect/contracts';
import type { SeatMemory } from '../seat/seat-memory.ts';
import { ChatOutbox, type ChatDraft, type PendingMessage } from './chat-outbox.svelte.ts';

export interface ChatServer {
  readonly send: (draft: ChatDraft) => Promise<ChatMessage>;
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
  readonly #outbox: ChatOutbox;
  #draft = $state('');
  #isOpen = false;
  #isClosed = false;

  constructor(server: ChatServer, memory: ChatMemory) {
    this.#server = server;
    this.#memory = memory;
    this.#draft = memory.draft;
    this.#outbox = new ChatOutbox({
      send: server.send,
      memory,
      onStored: (message) => this.receive([message], { isNews: false }),
    });
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
    return this.#outbox.pending;
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

  /** Loads a page of earlier messages. @throws RequestError when they could not be had */
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
    const delivered = this.#outbox.settle(fresh);
    this.messages = [...this.messages, ...fresh].toSorted((a, b) => a.sequence - b.sequence);
    if (isNews && !this.#isOpen) this.unread += fresh.length - delivered;
  }

  async send(body: string): Promise<void> {
    this.written += 1;
    await this.#outbox.add(body);
  }

  async retry(message: PendingMessage): Promise<void> {
    await this.#outbox.retry(message);
  }

  /** Sends again what has only not come through. */
  async retryAll(): Promise<void> {
    await this.#outbox.flush();
  }

  /** The stay is over: what is still on its way is not written down any more. */
  close(): void {
    this.#isClosed = true;
    this.#outbox.close();
  }
}
