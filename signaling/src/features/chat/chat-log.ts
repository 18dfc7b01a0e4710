import { CHAT_PAGE_SIZE, type ChatMessage } from '@careconnect/contracts';

/**
 * The last messages of one live visit, in memory so that joining costs no extra question. Sequence numbers
 * rise by one, so whatever it has missed shows as a gap and is fetched. What it remembers has no gap.
 */
export class ChatLog {
  readonly #fetchLastAfter: (sequence: number) => Promise<ChatMessage[]>;
  #messages: ChatMessage[] = [];
  #isComplete = false;
  #catchingUp: Promise<ChatMessage[]> | null = null;

  /** @param fetchLastAfter the last page of the messages after a sequence number */
  constructor(fetchLastAfter: (sequence: number) => Promise<ChatMessage[]>) {
    this.#fetchLastAfter = fetchLastAfter;
  }

  /** False until the log has been loaded, and after a gap that could not be filled. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Those after a sequence number that are remembered. */
  since(sequence: number): ChatMessage[] {
    return this.#messages.filter((message) => message.sequence > sequence);
  }

  /** Whether there are messages after this one that are no longer remembered. */
  hasForgottenAfter(sequence: number): boolean {
    const [first] = this.#messages;
    return first !== undefined && first.sequence > sequence + 1;
  }

  /** Fetches what is missing and answers with it; asking twice at once fetches once. */
  catchUp(): Promise<ChatMessage[]> {
    if (this.#isComplete) return Promise.resolve([]);
    this.#catchingUp ??= this.#fetch().finally(() => (this.#catchingUp = null));
    return this.#catchingUp;
  }

  /** Takes in a stored message and answers with all that is new, in order; a repeat is nothing new. */
  async add(message: ChatMessage): Promise<ChatMessage[]> {
    if (message.sequence <= this.#last) return [];
    if (message.sequence === this.#last + 1) {
      this.#append([message]);
      return [message];
    }
    return this.#fillTo(message);
  }

  async #fillTo(message: ChatMessage): Promise<ChatMessage[]> {
    const fresh: ChatMessage[] = [];
    try {
      // A fetch that was under way already may have been asked before this message was stored.
      for (let attempt = 0; attempt < 2 && this.#last < message.sequence; attempt += 1) {
        this.#isComplete = false;
        fresh.push(...(await this.catchUp()));
      }
    } catch {
      // Only this one can be shown now; the next occasion fills the gap.
    }
    return this.#last < message.sequence ? [...fresh, message] : fresh;
  }

  get #last(): number {
    return this.#messages.at(-1)?.sequence ?? 0;
  }

  async #fetch(): Promise<ChatMessage[]> {
    const fetched = await this.#fetchLastAfter(this.#last);
    const added = fetched
      .filter((message) => message.sequence > this.#last)
      .sort((a, b) => a.sequence - b.sequence);
    this.#append(added);
    this.#isComplete = true;
    return added;
  }

  #append(added: readonly ChatMessage[]): void {
    const [next] = added;
    const isGap = next !== undefined && next.sequence > this.#last + 1;
    const known = isGap ? [] : this.#messages;
    this.#messages = [...known, ...added].slice(-CHAT_PAGE_SIZE);
  }
}
