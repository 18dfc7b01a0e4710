import { endpoints, type FoundPatient } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** From how many letters on a search makes sense. */
export const SEARCH_FROM_LETTERS = 2;
const PAUSE_MS = 200;

/** Finds patients while a name is being typed; an answer that comes late never replaces a newer one. */
export class PatientSearch {
  found = $state.raw<readonly FoundPatient[] | null>(null);
  failure = $state.raw<unknown>(null);
  isBusy = $state(false);
  #text = $state('');
  readonly #api: ApiClient;
  #running = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#running.abort();
    clearTimeout(this.#timer);
    if (text.trim().length < SEARCH_FROM_LETTERS) {
      this.found = null;
      this.failure = null;
      this.isBusy = false;
      return;
    }
    this.isBusy = true;
    this.#running = new AbortController();
    this.#timer = setTimeout(() => void this.#search(text.trim(), this.#running.signal), PAUSE_MS);
  }

  async #search(q: string, signal: AbortSignal): Promise<void> {
    try {
      const { items } = await this.#api.call(endpoints.patients.list, { query: { q, limit: 10 }, signal });
      if (signal.aborted) return;
      this.found = items;
      this.failure = null;
    } catch (error) {
      if (signal.aborted) return;
      this.failure = error;
    }
    this.isBusy = false;
  }
}
