import {
  DESK_NAMESPACE,
  deskEvents,
  deskRequests,
  endpoints,
  type PractitionerId,
  type QueueEntry,
} from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';
import { TicketedSocket } from '../session/ticketed-socket.ts';

/** How often queues are asked for while nothing arrives by itself, in ms. */
const POLL_MS = 30_000;
/** So many queues signaling lets one person watch at once; more of them one after the other. */
const WATCHED_AT_ONCE = 20;
const NEXT_WATCH_MS = 250;

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

  constructor(options: QueueWatchOptions) {
    this.#options = options;
    this.#socket = new TicketedSocket({
      contract,
      handshake: async () => {
        const { ticket } = await options.api.call(endpoints.seats.deskTicket);
        return { ticket };
      },
      onState: (state, refusal) => {
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
    if (this.#isClosed) return;
    const { api, practitionerIds } = this.#options;
    try {
      for (const practitionerId of practitionerIds) {
        const { entries } = await api.call(endpoints.visits.today, { query: { practitionerId } });
        this.#take(practitionerId, entries);
      }
    } catch (error) {
      console.error('the queue could not be read', error);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #watch(): Promise<void> {
    const { practitionerIds } = this.#options;
    try {
      for (const [index, practitionerId] of practitionerIds.entries()) {
        if (index >= WATCHED_AT_ONCE) await new Promise((resolve) => setTimeout(resolve, NEXT_WATCH_MS));
        const { entries } = await this.#socket.request('queue:watch', { practitionerId });
        this.#take(practitionerId, entries);
      }
      this.#setLive(true);
    } catch (error) {
      console.error('the queue is not watched', error);
      await this.refresh();
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
