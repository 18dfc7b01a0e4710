import { isDeepStrictEqual } from 'node:util';

export interface SenderDemandOptions<Sender, Demand> {
  /** As things are now. */
  readonly find: (sender: Sender) => Demand;
  readonly tell: (sender: Sender, wanted: Demand) => void;
  /** Whether nobody misses anything until it is told. */
  readonly canWait: (wanted: Demand, told: Demand) => boolean;
  /** How long what can wait must last to be told. */
  readonly waitMs: number;
}

interface Told<Demand> {
  known: Demand;
  timer?: NodeJS.Timeout | undefined;
}

/** What others want of each sender, who is told when it changes: at once, unless that can wait. */
export class SenderDemand<Sender, Demand> {
  readonly #options: SenderDemandOptions<Sender, Demand>;
  readonly #told = new Map<Sender, Told<Demand>>();

  constructor(options: SenderDemandOptions<Sender, Demand>) {
    this.#options = options;
  }

  get senders(): readonly Sender[] {
    return [...this.#told.keys()];
  }

  has(sender: Sender): boolean {
    return this.#told.has(sender);
  }

  /** @param known - what the sender knows of without being told */
  begin(sender: Sender, known: Demand): void {
    this.forget(sender);
    this.#told.set(sender, { known });
  }

  /** Others may want something else of it than before. */
  look(sender: Sender): void {
    const told = this.#told.get(sender);
    if (!told) return;
    const { find, canWait, waitMs } = this.#options;
    const wanted = find(sender);
    if (!canWait(wanted, told.known)) return this.#tell(sender, told, wanted);
    told.timer ??= setTimeout(() => this.#tell(sender, told, find(sender)), waitMs);
  }

  /** Tells it again, for its page may have missed something. */
  remind(sender: Sender): void {
    const told = this.#told.get(sender);
    if (told) this.#options.tell(sender, told.known);
  }

  forget(sender: Sender): void {
    clearTimeout(this.#told.get(sender)?.timer);
    this.#told.delete(sender);
  }

  close(): void {
    for (const sender of this.senders) this.forget(sender);
  }

  #tell(sender: Sender, told: Told<Demand>, wanted: Demand): void {
    clearTimeout(told.timer);
    told.timer = undefined;
    if (isDeepStrictEqual(wanted, told.known)) return;
    told.known = wanted;
    this.#options.tell(sender, wanted);
  }
}
