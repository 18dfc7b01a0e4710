import { SocketError, type EventTable, type RequestTable } from '@careconnect/contracts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { readAck } from './acknowledgement.ts';
import { RequestError } from './request-error.ts';
import { retryDelayMs } from './retry-delay.ts';

/** Signaling itself waits for api up to 5 s, and for a media server 3 s. */
const ACK_TIMEOUT_MS = 8_000;
/** A ticket that no server has seen is good for another try, while it is far from expiring. */
const TICKET_KEPT_MS = 10_000;

/** `reconnecting` has been connected before; `refused` and `closed` do not try again by themselves. */
export type LinkState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'refused' | 'closed';

export interface SocketContract<Requests extends RequestTable, Events extends EventTable> {
  readonly namespace: string;
  readonly requests: Requests;
  readonly events: Events;
}

export interface TicketedSocketOptions<Requests extends RequestTable, Events extends EventTable> {
  readonly contract: SocketContract<Requests, Events>;
  /** What the connection says in its address; nothing, unless told. */
  readonly query?: Readonly<Record<string, string>>;
  /** A ticket is good for one connection. It is asked for while the connection is made: neither waits for the other. */
  readonly fetchTicket: () => Promise<{ readonly ticket: string }>;
  /** What else a connection begins with, as it is when the server can hear it. */
  readonly introduce?: () => Promise<Readonly<Record<string, unknown>>>;
  readonly onState: (state: LinkState, refusal: RequestError | null) => void;
}

/**
 * One Socket.IO connection that lets itself in with a fresh ticket each time, speaks only the
 * contract's words, and comes back by itself until it is refused or closed.
 */
export class TicketedSocket<Requests extends RequestTable, Events extends EventTable> {
  readonly #contract: SocketContract<Requests, Events>;
  readonly #fetchTicket: TicketedSocketOptions<Requests, Events>['fetchTicket'];
  readonly #introduce: NonNullable<TicketedSocketOptions<Requests, Events>['introduce']>;
  readonly #onState: TicketedSocketOptions<Requests, Events>['onState'];
  readonly #socket: Socket;
  #state: LinkState = 'idle';
  #ticket: { readonly coming: Promise<{ readonly ticket: string }>; readonly since: number } | null = null;
  #wasConnected = false;
  #failures = 0;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: TicketedSocketOptions<Requests, Events>) {
    const { contract, query = {} } = options;
    this.#contract = contract;
    this.#fetchTicket = options.fetchTicket;
    this.#introduce = options.introduce ?? (() => Promise.resolve({}));
    this.#onState = options.onState;
    this.#socket = io(contract.namespace, {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket'],
      query: { ...query },
      // Whatever ended a connection, this class alone decides when there is another.
      reconnection: false,
      timeout: 6_000,
      auth: (send) => void this.#letIn(send),
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('disconnect', () => this.#dropped());
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => this.#failed(error));
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Connects, or connects anew when a connection is there (all that hung on it starts over). */
  connect(): void {
    if (this.#state === 'closed') return;
    this.#clearRetry();
    // Before the old connection ends, which is then no drop that needs another try.
    this.#enter(this.#wasConnected ? 'reconnecting' : 'connecting');
    this.#socket.disconnect();
    this.#open();
  }

  /** Tries now what would be tried later, if anything. */
  hurry(): void {
    if (this.#retryTimer === null) return;
    this.#clearRetry();
    this.#open();
  }

  /** Asks and waits for the answer. @throws RequestError when refused, unanswered or not connected */
  async request<Name extends keyof Requests & string>(
    name: Name,
    payload: z.input<Requests[Name]['payload']>,
  ): Promise<z.output<Requests[Name]['response']>> {
    if (!this.#socket.connected) throw RequestError.disconnected(name);
    const contract = this.#contract.requests[name];
    if (!contract) throw new TypeError(`${name} is not in the contract`);
    let answer: unknown;
    try {
      answer = await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, payload);
    } catch (cause) {
      throw this.#socket.connected ? RequestError.timedOut(name, cause) : RequestError.disconnected(name);
    }
    return readAck(answer, contract.response) as z.output<Requests[Name]['response']>;
  }

  /** Listens to one pushed event; what does not fit the contract is reported and left out. */
  on<Name extends keyof Events & string>(
    name: Name,
    listener: (payload: z.output<Events[Name]>) => void,
  ): void {
    const schema: z.ZodType | undefined = this.#contract.events[name];
    if (!schema) throw new TypeError(`${name} is not in the contract`);
    const handle = (payload: unknown): void => {
      const parsed = schema.safeParse(payload);
      if (parsed.success) listener(parsed.data as z.output<Events[Name]>);
      else console.error(`${name} does not fit the contract`, parsed.error.issues);
    };
    const event: string = name;
    this.#socket.on(event, handle);
  }

  /** Lets go of the connection until `connect` is called. */
  rest(): void {
    if (this.#state === 'closed') return;
    this.#clearRetry();
    this.#enter('idle');
    this.#socket.disconnect();
  }

  /** Ends for good. Safe to call again. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#clearRetry();
    this.#enter('closed');
    this.#socket.disconnect();
  }

  #open(): void {
    void this.#upcomingTicket();
    this.#socket.connect();
  }

  #upcomingTicket(): Promise<{ readonly ticket: string }> {
    const since = performance.now();
    if (this.#ticket && since - this.#ticket.since < TICKET_KEPT_MS) return this.#ticket.coming;
    const ticket = { coming: this.#fetchTicket(), since };
    this.#ticket = ticket;
    // Until there is a connection nothing is lost; then it is asked for once more.
    ticket.coming.catch(() => this.#ticket === ticket && (this.#ticket = null));
    return ticket.coming;
  }

  async #letIn(send: (auth: Record<string, unknown>) => void): Promise<void> {
    const attempt = ++this.#attempt;
    const coming = this.#upcomingTicket();
    this.#ticket = null;
    try {
      const [{ ticket }, words] = await Promise.all([coming, this.#introduce()]);
      if (attempt === this.#attempt && this.#socket.active) send({ ...words, ticket });
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#socket.disconnect();
      this.#refuseOrRetry(RequestError.from(error));
    }
  }

  #connected(): void {
    this.#clearRetry();
    this.#failures = 0;
    this.#wasConnected = true;
    this.#enter('connected');
  }

  #dropped(): void {
    if (this.#state !== 'connected') return;
    this.#enter('reconnecting');
    this.#scheduleRetry();
  }

  #failed(error: Error & { data?: unknown }): void {
    const refusal = SocketError.safeParse(error.data);
    this.#refuseOrRetry(refusal.success ? RequestError.refused(refusal.data) : RequestError.from(error));
  }

  #refuseOrRetry(error: RequestError): void {
    if (this.#state === 'closed') return;
    if (error.isPassing) this.#scheduleRetry();
    else this.#enter('refused', error);
  }

  #scheduleRetry(): void {
    this.#clearRetry();
    this.#retryTimer = setTimeout(() => this.hurry(), retryDelayMs(this.#failures));
    this.#failures += 1;
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #enter(state: LinkState, refusal: RequestError | null = null): void {
    this.#state = state;
    this.#onState(state, refusal);
  }
}
