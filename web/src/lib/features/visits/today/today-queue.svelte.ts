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
import { newlyWaiting } from './queue-groups.ts';

/** How often the queue is asked for while nothing arrives by itself, in ms. */
const POLL_MS = 30_000;

export interface TodayQueueOptions {
  readonly api: ApiClient;
  readonly practitionerId: PractitionerId;
  readonly entries: readonly QueueEntry[];
  readonly onArrival: (arrived: readonly QueueEntry[]) => void;
}

const contract = { namespace: DESK_NAMESPACE, requests: deskRequests, events: deskEvents } as const;

/** One doctor's queue, kept current by the server, and by asking where the line is broken. */
export class TodayQueue {
  entries = $state.raw<readonly QueueEntry[]>([]);
  /** Changes arrive by themselves. */
  isLive = $state(false);
  /** The person was signed out, here or elsewhere: nothing is shown and nothing is asked any more. */
  isSignedOut = $state(false);

  readonly #options: TodayQueueOptions;
  readonly #socket: TicketedSocket<typeof deskRequests, typeof deskEvents>;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: TodayQueueOptions) {
    this.#options = options;
    this.entries = options.entries;
    this.#socket = new TicketedSocket({
      contract,
      handshake: async () => {
        const { ticket } = await options.api.call(endpoints.visits.deskTicket);
        return { ticket };
      },
      onState: (state, refusal) => {
        this.isLive = false;
        if (state === 'connected') void this.#watch();
        if (refusal?.needsSignIn) this.#signedOut();
      },
    });
    this.#socket.on('session:ended', () => this.#signedOut());
    this.#socket.on('queue:changed', ({ practitionerId, entries }) => {
      if (practitionerId === options.practitionerId) this.#take(entries);
    });
    this.#socket.connect();
    this.#timer = setInterval(() => {
      if (!this.isLive) void this.refresh();
    }, POLL_MS);
  }

  /** Asks once; a failure leaves what is known, the next try follows. */
  async refresh(): Promise<void> {
    if (this.isSignedOut) return;
    try {
      const { entries } = await this.#options.api.call(endpoints.visits.today);
      this.#take(entries);
    } catch (error) {
      console.error('the queue could not be read', error);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #watch(): Promise<void> {
    try {
      const { practitionerId } = this.#options;
      const { entries } = await this.#socket.request('queue:watch', { practitionerId });
      this.isLive = true;
      this.#take(entries);
    } catch (error) {
      console.error('the queue is not watched', error);
      await this.refresh();
    }
  }

  #signedOut(): void {
    this.isSignedOut = true;
    this.entries = [];
    this.close();
  }

  #take(entries: readonly QueueEntry[]): void {
    if (this.isSignedOut) return;
    const arrived = newlyWaiting(this.entries, entries);
    this.entries = entries;
    if (arrived.length > 0) this.#options.onArrival(arrived);
  }
}
