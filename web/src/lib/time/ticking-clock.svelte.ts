import { SvelteDate } from 'svelte/reactivity';

/** The present, for pages that change with it. Make one while a component is set up. */
export class TickingClock {
  readonly #now = new SvelteDate();

  constructor(everyMs = 15_000) {
    $effect(() => {
      const timer = setInterval(() => this.#now.setTime(Date.now()), everyMs);
      return () => clearInterval(timer);
    });
  }

  /** What reads the time from it runs again at every tick. */
  get now(): Date {
    return this.#now;
  }
}
