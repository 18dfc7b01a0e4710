import { endpoints, type ChatMessage, type VisitRecord } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** What was written in a visit, as far as the reader has asked for it. */
export class RecordMessages {
  shown = $state.raw<readonly ChatMessage[]>([]);
  /** How many there are in all. */
  total = $state(0);
  isBusy = $state(false);
  failure = $state.raw<unknown>(null);

  readonly #api: Pick<ApiClient, 'call'>;
  readonly #params: { readonly visitId: VisitRecord['visit']['id'] };

  constructor(api: Pick<ApiClient, 'call'>, { visit, messages, messageCount }: VisitRecord) {
    this.#api = api;
    this.#params = { visitId: visit.id };
    this.shown = messages;
    this.total = messageCount;
  }

  get remaining(): number {
    return Math.max(0, this.total - this.shown.length);
  }

  /** The next page. What is shown stays, and `failure` says why nothing was added. */
  async showNext(): Promise<void> {
    await this.#load(() => this.#addPage());
  }

  /** Page after page to the end; each is there as soon as it comes. */
  async showAll(): Promise<void> {
    await this.#load(async () => {
      while (this.remaining > 0) await this.#addPage();
    });
  }

  async #load(pages: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = null;
    try {
      await pages();
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }

  async #addPage(): Promise<void> {
    const afterSequence = this.shown.at(-1)?.sequence ?? 0;
    const page = await this.#api.call(endpoints.visits.recordMessages, {
      params: this.#params,
      query: { afterSequence },
    });
    this.shown = [...this.shown, ...page.messages];
    // An empty page is the end, whatever was counted: nobody is to ask for it for ever.
    this.total = page.messages.length === 0 ? this.shown.length : page.messageCount;
  }
}
