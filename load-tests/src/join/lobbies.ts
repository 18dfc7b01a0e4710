import { ticketFor, type GuestSeat } from './guest-seats.ts';
import { enterLobby, type LightJoiner } from './light-joiner.ts';

export interface LobbyOptions {
  /** Where signaling listens. */
  readonly origin: string;
  readonly joinTicketSecret: string;
  /** A visit has a dozen seats, so joiners take turns on these: each leaves after its first frame. */
  readonly seats: readonly GuestSeat[];
  readonly enter?: typeof enterLobby;
}

interface Waiting {
  readonly seat: GuestSeat;
  readonly joiner: LightJoiner;
}

/** Seats that are prepared again and again, as people who arrive one after the other. */
export class Lobbies {
  readonly #options: LobbyOptions;
  readonly #ready: Waiting[] = [];
  /** Of seats that could not be prepared when nobody was waiting for one. */
  readonly #failures: unknown[] = [];
  readonly #takers: PromiseWithResolvers<Waiting>[] = [];
  #preparing = 0;
  #isOpen = true;

  constructor(options: LobbyOptions) {
    this.#options = options;
    for (const seat of options.seats) this.#prepare(seat);
  }

  /**
   * Joins with whoever is ready first; answers when that has clicked, with the time it will have taken.
   * Throws when a seat could not be prepared.
   */
  async next(): Promise<{ readonly elapsed: Promise<number> }> {
    this.#throwFailure();
    const waiting = this.#ready.shift() ?? (await this.#taken());
    return { elapsed: this.#spend(waiting) };
  }

  /** Everyone who waits goes home. Throws afterwards when a seat could not be prepared. */
  async close(): Promise<void> {
    this.#isOpen = false;
    while (this.#ready.length + this.#preparing > 0) {
      try {
        const { joiner } = this.#ready.shift() ?? (await this.#taken());
        await joiner.leave();
      } catch (error) {
        this.#failures.push(error);
      }
    }
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failures.length > 0) throw this.#failures.shift();
  }

  #taken(): Promise<Waiting> {
    const taker = Promise.withResolvers<Waiting>();
    this.#takers.push(taker);
    return taker.promise;
  }

  async #spend({ seat, joiner }: Waiting): Promise<number> {
    try {
      return await joiner.join();
    } finally {
      await joiner.leave();
      if (this.#isOpen) this.#prepare(seat);
    }
  }

  #prepare(seat: GuestSeat): void {
    const { origin, joinTicketSecret, enter = enterLobby } = this.#options;
    this.#preparing += 1;
    enter(origin, ticketFor(seat, joinTicketSecret)).then(
      (joiner) => {
        this.#preparing -= 1;
        const taker = this.#takers.shift();
        if (taker) taker.resolve({ seat, joiner });
        else this.#ready.push({ seat, joiner });
      },
      (error: unknown) => {
        this.#preparing -= 1;
        const taker = this.#takers.shift();
        if (taker) taker.reject(error);
        else this.#failures.push(error);
      },
    );
  }
}
