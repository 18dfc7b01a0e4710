import { ClientMessageId, type ChatMessage } from '@careconnect/contracts';

/** A message that is not stored yet: on its way, or refused and waiting for "try again". */
export interface PendingMessage {
  readonly clientMessageId: ClientMessageId;
  readonly body: string;
  readonly hasFailed: boolean;
}

export type SendMessage = (draft: { clientMessageId: ClientMessageId; body: string }) => Promise<ChatMessage>;

/** The conversation of one visit: what is stored, what is on its way, and what is unread. */
export class ChatLog {
  messages = $state.raw<readonly ChatMessage[]>([]);
  pending = $state.raw<readonly PendingMessage[]>([]);
  unread = $state(0);

  readonly #send: SendMessage;
  #isOpen = false;

  constructor(send: SendMessage) {
    this.#send = send;
  }

  /** The panel is on the screen: what is there counts as read. */
  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) this.unread = 0;
  }

  /** Adds stored messages, each once and in the visit's order. */
  receive(messages: readonly ChatMessage[], { isNews }: { isNews: boolean }): void {
    const fresh = messages.filter(({ id }) => !this.messages.some((message) => message.id === id));
    if (fresh.length === 0) return;
    const waiting = this.pending.length;
    this.pending = this.pending.filter((mine) => !fresh.some((message) => isSame(mine, message)));
    this.messages = [...this.messages, ...fresh].toSorted((a, b) => a.sequence - b.sequence);
    const delivered = waiting - this.pending.length;
    if (isNews && !this.#isOpen) this.unread += fresh.length - delivered;
  }

  async send(body: string): Promise<void> {
    await this.#deliver({
      clientMessageId: ClientMessageId.parse(crypto.randomUUID()),
      body,
      hasFailed: false,
    });
  }

  /** Sends a failed message again under the same id, so that it is stored once whatever happened. */
  async retry(message: PendingMessage): Promise<void> {
    await this.#deliver({ ...message, hasFailed: false });
  }

  async retryAll(): Promise<void> {
    for (const message of this.pending.filter(({ hasFailed }) => hasFailed)) await this.retry(message);
  }

  async #deliver(message: PendingMessage): Promise<void> {
    this.#put(message);
    try {
      const stored = await this.#send({ clientMessageId: message.clientMessageId, body: message.body });
      this.receive([stored], { isNews: false });
    } catch {
      this.#put({ ...message, hasFailed: true });
    }
  }

  #put(message: PendingMessage): void {
    const others = this.pending.filter((other) => !isSame(other, message));
    // A message whose failure came after its arrival is stored: nothing is left to send.
    const isStored = this.messages.some((stored) => isSame(stored, message));
    this.pending = isStored ? others : [...others, message];
  }
}

type Identified = Pick<ChatMessage, 'clientMessageId'>;

function isSame(one: Identified, other: Identified): boolean {
  return one.clientMessageId === other.clientMessageId;
}
