import { isDeepStrictEqual } from 'node:util';

export interface SenderWishesOptions<Sender, Wish> {
  /** As things are now. */
  readonly find: (sender: Sender) => Wish;
  readonly tell: (sender: Sender, wanted: Wish) => void;
  /** Whether nobody misses anything until it is told. */
  readonly canWait: (wanted: Wish, told: Wish) => boolean;
  /** How long what can wait must last to be told. */
  readonly waitMs: number;
}

interface Told<Wish> {
  wish: Wish;
  timer?: NodeJS.Timeout | undefined;
}

/** What others want of each sender, who is told when it changes: at once, unless that can wait. */
export class SenderWishes<Sender, Wish> {
  readonly #options: SenderWishesOptions<Sender, Wish>;
  readonly #told = new Map<Sender, Told<Wish>>();

  constructor(options: SenderWishesOptions<Sender, Wish>) {
    this.#options = options;
  }

  get senders(): readonly Sender[] {
    return [...this.#told.keys()];
  }

  has(sender: Sender): boolean {
    return this.#told.has(sender);
  }

  /** @param wish - what the sender knows of without being told */
  begin(sender: Sender, wish: Wish): void {
    this.forget(sender);
    this.#told.set(sender, { wish });
  }

  /** Others may want something else of it than before. */
  look(sender: Sender): void {
    const told = this.#told.get(sender);
    if (!told) return;
    const { find, canWait, waitMs } = this.#options;
    const wanted = find(sender);
    if (!canWait(wanted, told.wish)) return this.#tell(sender, told, wanted);
    told.timer ??= setTimeout(() => this.#tell(sender, told, find(sender)), waitMs);
  }

  /** Tells it again, for its page may have missed something. */
  remind(sender: Sender): void {
    const told = this.#told.get(sender);
    if (told) this.#options.tell(sender, told.wish);
  }

  forget(sender: Sender): void {
    clearTimeout(this.#told.get(sender)?.timer);
    this.#told.delete(sender);
  }

  close(): void {
    for (const sender of this.senders) this.forget(sender);
  }

  #tell(sender: Sender, told: Told<Wish>, wanted: Wish): void {
    clearTimeout(told.timer);
    told.timer = undefined;
    if (isDeepStrictEqual(wanted, told.wish)) return;
    told.wish = wanted;
    this.#options.tell(sender, wanted);
  }
}
