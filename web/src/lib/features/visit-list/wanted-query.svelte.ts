import { goto } from '$app/navigation';
import { writeListQuery, type ListQuery } from './list-query.ts';

/**
 * What a list is to be filtered by. While the page still looks for what was chosen before, the next choice counts
 * together with it, and not with what the page shows.
 */
export class WantedQuery<Query extends ListQuery> {
  readonly #loaded: () => Query;
  #pending = $state.raw<Query | null>(null);

  /** @param loaded what the page shows is filtered by */
  constructor(loaded: () => Query) {
    this.#loaded = loaded;
  }

  get current(): Query {
    return this.#pending ?? this.#loaded();
  }

  /** Puts it into the address, and with that looks for it. */
  readonly show = async (wanted: Query): Promise<void> => {
    this.#pending = wanted;
    try {
      await goto(writeListQuery(wanted), { reset: false });
    } finally {
      if (this.#pending === wanted) this.#pending = null;
    }
  };
}
