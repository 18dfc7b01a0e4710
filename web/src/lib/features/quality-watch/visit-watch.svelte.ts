import { isVisitOver, type WatchedQuality } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { readVisitQuality } from './load-visit-quality.ts';
import { pollWhileVisible } from './poll-while-visible.ts';

const EVERY_MS = 5_000;

/** One visit, kept up to date until it is over while somebody looks. Make one while a component is set up. */
export class VisitWatch {
  #now: WatchedQuality = $state.raw() as WatchedQuality;
  /** The last reading failed, so what is here is older than it should be. */
  isLate = $state(false);

  constructor(loaded: () => WatchedQuality) {
    this.#now = loaded();
    $effect(() => {
      const first = loaded();
      this.#now = first;
      this.isLate = false;
      if (isVisitOver(first.visit.state)) return;
      let isCurrent = true;
      const stop = pollWhileVisible(async () => {
        try {
          const now = await readVisitQuality(createApiClient(), first.visit.id);
          if (!isCurrent) return;
          this.#now = now;
          this.isLate = false;
          if (isVisitOver(now.visit.state)) stop();
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

  get now(): WatchedQuality {
    return this.#now;
  }
}
