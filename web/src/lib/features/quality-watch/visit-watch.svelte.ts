import { createApiClient } from '#lib/api/client.ts';
import { readVisitQuality, type WatchedVisit } from './load-visit-quality.ts';
import { pollWhileVisible } from './poll-while-visible.ts';

const EVERY_MS = 5_000;

/** One visit, kept up to date while it goes on and somebody looks. Make one while a component is set up. */
export class VisitWatch {
  #now: WatchedVisit = $state.raw() as WatchedVisit;
  /** The last reading failed, so what is here is older than it should be. */
  isLate = $state(false);

  constructor(loaded: () => WatchedVisit) {
    this.#now = loaded();
    $effect(() => {
      const first = loaded();
      this.#now = first;
      this.isLate = false;
      if (first.watched.now === null) return;
      let isCurrent = true;
      const stop = pollWhileVisible(async () => {
        if (this.#now.watched.now === null) return;
        try {
          const now = await readVisitQuality(createApiClient(), first.visit.id);
          if (!isCurrent) return;
          this.#now = now;
          this.isLate = false;
        } catch {
          if (isCurrent) this.isLate = true;
        }
      }, EVERY_MS);
      return () => {
        isCurrent = false;
        stop();
      };
    });
  }

  get now(): WatchedVisit {
    return this.#now;
  }
}
