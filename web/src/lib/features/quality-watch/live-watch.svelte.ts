import { createApiClient } from '#lib/api/client.ts';
import { readWatched, type Watched } from './load-watch.ts';
import { pollWhileVisible } from './poll-while-visible.ts';
import type { WatchQuery } from './watch-query.ts';

const EVERY_MS = 5_000;

/** What goes on, kept up to date while somebody looks. Make one while a component is set up. */
export class LiveWatch {
  #now: Watched = $state.raw() as Watched;
  /** The last reading failed, so what is here is older than it should be. */
  isLate = $state(false);

  constructor(loaded: () => { readonly query: WatchQuery; readonly watched: Watched }) {
    this.#now = loaded().watched;
    $effect(() => {
      const { query, watched } = loaded();
      this.#now = watched;
      const api = createApiClient();
      let isCurrent = true;
      const stop = pollWhileVisible(async () => {
        try {
          const now = await readWatched(api, query, watched.nodes !== null);
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

  get live(): Watched['live'] {
    return this.#now.live;
  }

  get nodes(): Watched['nodes'] {
    return this.#now.nodes;
  }
}
