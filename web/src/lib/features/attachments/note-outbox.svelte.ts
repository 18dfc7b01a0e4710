import type { AttachmentId } from '@careconnect/contracts';
import { joinParts } from './join-parts.ts';
import type { KeptNote } from './note.ts';
import { uploadNote, type NoteServer } from './note-upload.ts';
import type { NoteStore } from './note-store.ts';

/** A note that its person has sent and the visit does not have yet. */
export interface OutgoingNote {
  readonly note: KeptNote;
  /** Of its bytes, how many the visit has. Null until that is known. */
  readonly sentBytes: number | null;
  /** It does not get through at the moment, and is tried again by itself. */
  readonly isWaiting: boolean;
  /** All of it has arrived, and it waits to be looked through for viruses. */
  readonly isUnchecked: boolean;
  /** Why the visit will not have it; it waits for its person. */
  readonly refusal: unknown;
}

export interface NoteOutboxOptions {
  readonly store: NoteStore;
  readonly server: NoteServer;
  readonly onDelivered: (note: KeptNote) => void;
  /** Whether trying again later can help. */
  readonly isPassing: (error: unknown) => boolean;
  /** Whether the visit has it and may not show it yet. */
  readonly isUnchecked: (error: unknown) => boolean;
  readonly retryDelayMs: (failures: number) => number;
  readonly now: () => number;
}

/** Brings notes to the visit in the order in which they were sent, one at a time, for as long as it takes. */
export class NoteOutbox {
  #outgoing = $state.raw<readonly OutgoingNote[]>([]);
  readonly #options: NoteOutboxOptions;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #underWay: Promise<void> | null = null;
  #isAskedAgain = false;
  #failures = 0;
  #isClosed = false;

  constructor(options: NoteOutboxOptions) {
    this.#options = options;
  }

  get outgoing(): readonly OutgoingNote[] {
    return this.#outgoing;
  }

  /** @param note - already kept, as `outgoing` */
  async add(note: KeptNote): Promise<void> {
    this.#outgoing = [
      ...this.#outgoing,
      { note, sentBytes: null, isWaiting: false, isUnchecked: false, refusal: null },
    ];
    await this.flush();
  }

  async retry(id: AttachmentId): Promise<void> {
    this.#change(id, { refusal: null, isWaiting: false });
    await this.flush();
  }

  /** Gives it up. What the server has of it goes after a day. */
  async discard(id: AttachmentId): Promise<void> {
    this.#outgoing = this.#outgoing.filter(({ note }) => note.id !== id);
    await this.#options.store.remove(id);
  }

  /** Tries at once: there may be a network again. Resolves when nothing is left that could be tried now. */
  async flush(): Promise<void> {
    this.#clearRetry();
    this.#isAskedAgain = true;
    this.#underWay ??= this.#work().finally(() => (this.#underWay = null));
    await this.#underWay;
  }

  /** The page goes. What is under way is taken up by the next one. */
  close(): void {
    this.#isClosed = true;
    this.#clearRetry();
  }

  async #work(): Promise<void> {
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      await this.#sendInOrder();
    }
  }

  async #sendInOrder(): Promise<void> {
    for (;;) {
      const next = this.#outgoing.find(({ refusal }) => refusal === null);
      if (!next || this.#isClosed || !(await this.#deliver(next.note))) return;
    }
  }

  /** Answers whether the next one may follow. */
  async #deliver(note: KeptNote): Promise<boolean> {
    const { store, server, now, isPassing, onDelivered } = this.#options;
    this.#change(note.id, { isWaiting: false });
    try {
      const content = joinParts(await store.parts(note.id));
      const onProgress = (sentBytes: number) => this.#change(note.id, { sentBytes });
      const isWanted = () => this.#outgoing.some((one) => one.note.id === note.id);
      const { isDelivered } = await uploadNote({ note, content, server, isWanted, onProgress, now });
      this.#failures = 0;
      await this.discard(note.id);
      if (isDelivered) onDelivered(note);
      return true;
    } catch (error) {
      if (isPassing(error)) {
        this.#change(note.id, { isWaiting: true, isUnchecked: this.#options.isUnchecked(error) });
        this.#retryLater();
        return false;
      }
      this.#change(note.id, { refusal: error });
      return true;
    }
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#clearRetry();
    this.#retryTimer = setTimeout(() => void this.flush(), this.#options.retryDelayMs(this.#failures));
    this.#failures += 1;
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #change(id: AttachmentId, changes: Partial<OutgoingNote>): void {
    this.#outgoing = this.#outgoing.map((one) => (one.note.id === id ? { ...one, ...changes } : one));
  }
}
