import {
  DESK_NAMESPACE,
  DESK_REQUEST_LIMIT,
  deskEvents,
  deskRequests,
  endpoints,
  type PractitionerId,
  type QueueEntry,
} from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';
import { TicketedSocket } from '../stay/seat/ticketed-socket.ts';

/** How often queues are asked for while nothing arrives by itself, in ms. */
const POLL_MS = 30_000;
/** Between requests that come after the first burst of them, in ms. */
const NEXT_REQUEST_MS = 1_000 / DESK_REQUEST_LIMIT.perSecond;
/** Before those that failed are asked again, in ms: by then a whole burst is granted anew. */
const RETRY_MS = DESK_REQUEST_LIMIT.burst * NEXT_REQUEST_MS;

export interface QueueWatchOptions {
  readonly api: ApiClient;
  readonly practitionerIds: readonly PractitionerId[];
  readonly onQueue: (practitionerId: PractitionerId, entries: readonly QueueEntry[]) => void;
  readonly onLive: (isLive: boolean) => void;
  /** The person was signed out, here or elsewhere; nothing is watched any more. */
  readonly onSignedOut: () => void;
}

const contract = { namespace: DESK_NAMESPACE, requests: deskRequests, events: deskEvents } as const;

/** Queues of doctors, kept current by the server, and by asking where the line is broken. */
export class QueueWatch {
  readonly #options: QueueWatchOptions;
  readonly #socket: TicketedSocket<typeof deskRequests, typeof deskEvents>;
  readonly #timer: ReturnType<typeof setInterval>;
  #isLive = false;
  #isClosed = false;
  /** Rises with every change of the line: what was begun on an older one ends by itself. */
  #line = 0;

  constructor(options: QueueWatchOptions) {
    this.#options = options;
    this.#socket = new TicketedSocket({
      contract,
      fetchTicket: () => options.api.call(endpoints.seats.deskTicket),
      onState: (state, refusal) => {
        this.#line += 1;
        this.#setLive(false);
        if (state === 'connected') void this.#watch();
        if (refusal?.needsSignIn) this.#signedOut();
      },
    });
    this.#socket.on('session:ended', () => this.#signedOut());
    this.#socket.on('queue:changed', ({ practitionerId, entries }) => this.#take(practitionerId, entries));
    this.#socket.connect();
    this.#timer = setInterval(() => {
      if (!this.#isLive) void this.refresh();
    }, POLL_MS);
  }

  /** Asks once; a failure leaves what is known, the next try follows. */
  async refresh(): Promise<void> {
    await this.#read(this.#options.practitionerIds);
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #watch(): Promise<void> {
    const line = this.#line;
    let unwatched = await this.#watchEach(this.#options.practitionerIds, line);
    if (line === this.#line) await this.#read(unwatched);
    while (line === this.#line && unwatched.length > 0) {
      await pause(RETRY_MS);
      unwatched = await this.#watchEach(unwatched, line);
    }
    if (line === this.#line) this.#setLive(true);
  }

  /** Asks to watch one queue after the other. Those that could not be watched come back. */
  async #watchEach(practitionerIds: readonly PractitionerId[], line: number): Promise<PractitionerId[]> {
    const unwatched: PractitionerId[] = [];
    for (const [index, practitionerId] of practitionerIds.entries()) {
      if (index >= DESK_REQUEST_LIMIT.burst) await pause(NEXT_REQUEST_MS);
      if (line !== this.#line) break;
      try {
        const { entries } = await this.#socket.request('queue:watch', { practitionerId });
        if (line === this.#line) this.#take(practitionerId, entries);
      } catch (error) {
        console.error('a queue is not watched', error);
        unwatched.push(practitionerId);
      }
    }
    return unwatched;
  }

  async #read(practitionerIds: readonly PractitionerId[]): Promise<void> {
    for (const practitionerId of practitionerIds) {
      if (this.#isClosed) return;
      try {
        const query = { practitionerId };
        const { entries } = await this.#options.api.call(endpoints.visits.today, { query });
        this.#take(practitionerId, entries);
      } catch (error) {
        console.error('a queue could not be read', error);
      }
    }
  }

  #signedOut(): void {
    this.close();
    this.#options.onSignedOut();
  }

  #take(practitionerId: PractitionerId, entries: readonly QueueEntry[]): void {
    if (!this.#isClosed) this.#options.onQueue(practitionerId, entries);
  }

  #setLive(isLive: boolean): void {
    this.#isLive = isLive;
    this.#options.onLive(isLive);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
