import { endpoints, type Visit } from '@careconnect/contracts';
import { loadNextPage, type ListPage } from '#lib/api/all-pages.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { isPast, pastVisits } from './next-visit.ts';

/** A patient's past visits, as far back as they have asked for. */
export class VisitHistory {
  #visits = $state.raw<readonly Visit[]>([]);
  #nextCursor = $state<string | null>(null);
  isBusy = $state(false);
  failure = $state.raw<unknown>(null);

  readonly #api: ApiClient;

  constructor(api: ApiClient, firstPage: ListPage<Visit>) {
    this.#api = api;
    this.#visits = firstPage.items;
    this.#nextCursor = firstPage.nextCursor;
  }

  get past(): readonly Visit[] {
    return pastVisits(this.#visits);
  }

  get hasEarlier(): boolean {
    return this.#nextCursor !== null;
  }

  async showEarlier(): Promise<void> {
    if (this.#nextCursor === null || this.isBusy) return;
    this.isBusy = true;
    this.failure = null;
    try {
      const page = await loadNextPage<Visit>({
        cursor: this.#nextCursor,
        isShown: isPast,
        load: (cursor) => this.#api.call(endpoints.visits.list, { query: { limit: 50, cursor } }),
      });
      this.#visits = [...this.#visits, ...page.items];
      this.#nextCursor = page.nextCursor;
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }
}
