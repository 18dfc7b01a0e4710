import type { SeatMemory } from './seat/seat-memory.ts';

/** Whether the person wants to be in the room, in this page and in the next one of this tab. */
export class WayIn {
  /** They were in the room before this page was loaded and go straight back in. */
  isDirect = $state(false);
  /** They want to be in the room, whatever the connection does meanwhile. */
  isWanted = false;
  /** They have been in the room in this tab, and come back. */
  readonly isComingBack: boolean;

  readonly #memory: SeatMemory;
  readonly #mayBeDirect: () => Promise<boolean>;
  #deciding = Promise.resolve();
  #hasBeenIn = false;

  /** @param mayBeDirect - whether nothing would stop them on their way, which only the browser knows */
  constructor(memory: SeatMemory, mayBeDirect: () => Promise<boolean>) {
    this.#memory = memory;
    this.#mayBeDirect = mayBeDirect;
    this.isDirect = memory.wantsIn;
    this.isComingBack = memory.hasBeenIn;
  }

  /** Asks the browser; the connection is made meanwhile, and waits for `decided` before it leads anywhere. */
  decide(): void {
    this.#deciding = this.#decide();
  }

  get decided(): Promise<void> {
    return this.#deciding;
  }

  /** They are in. Answers whether they had been in with this page. */
  enter(): boolean {
    const hadBeenIn = this.#hasBeenIn;
    this.#hasBeenIn = true;
    this.isWanted = true;
    this.#memory.enter();
    return hadBeenIn;
  }

  /** They go on elsewhere: the next page of this tab does not go back in by itself. */
  stepOut(): void {
    this.#memory.stepOut();
  }

  /** Nothing of this stay is to be found by the next page. */
  forget(): void {
    this.#memory.leave();
  }

  async #decide(): Promise<void> {
    this.isDirect &&= await this.#mayBeDirect();
    this.isWanted ||= this.isDirect;
  }
}
