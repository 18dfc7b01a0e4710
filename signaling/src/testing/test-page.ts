import { setTimeout as delay } from 'node:timers/promises';
import {
  type Ack,
  DESK_NAMESPACE,
  type deskEvents,
  type deskRequests,
  type EventTable,
  type RequestTable,
  SEAT_NAMESPACE,
  type seatEvents,
  type seatRequests,
  SocketError,
} from '@careconnect/contracts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';

const PATIENCE_MS = 10_000;

/** A browser's end of a socket: asks, and keeps everything it is told until a test takes it. */
class TestPage<Requests extends RequestTable, Events extends EventTable> {
  readonly socket: Socket;
  readonly #told: { name: string; payload: unknown; isTaken: boolean }[] = [];
  readonly #refusal = Promise.withResolvers<SocketError>();
  readonly #end = Promise.withResolvers<string>();
  #wake = Promise.withResolvers<void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: string, payload: unknown) => {
      this.#told.push({ name, payload, isTaken: false });
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    });
    socket.on('connect_error', (error) => {
      const { data } = error as Error & { data?: unknown };
      const unreachable = { code: 'INTERNAL', message: String(error), requestId: '' };
      this.#refusal.resolve(SocketError.parse(data ?? unreachable));
    });
    socket.on('disconnect', (reason) => this.#end.resolve(reason));
  }

  /** Asks anything at all, for what must be refused. */
  async askAnything(name: string, ...args: unknown[]): Promise<Ack<unknown>> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(name, ...args) as Promise<Ack<unknown>>;
  }

  async ask<Name extends keyof Requests & string>(
    name: Name,
    payload: z.input<Requests[Name]['payload']>,
  ): Promise<z.output<Requests[Name]['response']>> {
    const answer = await this.askAnything(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
    return answer.data as z.output<Requests[Name]['response']>;
  }

  /** The code a request is refused with. */
  async refusal(name: string, ...args: unknown[]): Promise<string> {
    const answer = await this.askAnything(name, ...args);
    return answer.ok ? 'not refused' : answer.error.code;
  }

  /** The oldest event of this name that no test has taken yet, past or to come. */
  async event<Name extends keyof Events & string>(name: Name): Promise<z.output<Events[Name]>> {
    const giveUp = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const found = this.#told.find((entry) => entry.name === name && !entry.isTaken);
      if (found) {
        found.isTaken = true;
        return found.payload as z.output<Events[Name]>;
      }
      if (giveUp.aborted)
        throw new Error(`no ${name} within ${PATIENCE_MS} ms; told: ${this.names.join(', ')}`);
      await Promise.race([this.#wake.promise, delay(PATIENCE_MS / 20)]);
    }
  }

  /** Names of everything that was told, in order. */
  get names(): string[] {
    return this.#told.map(({ name }) => name);
  }

  /** The server can be spoken to; the handshake of the seat or desk follows. */
  reached(): Promise<void> {
    return new Promise((resolve) => this.socket.io.once('open', resolve));
  }

  /** The error that the connection was refused with. */
  refused(): Promise<SocketError> {
    return this.#refusal.promise;
  }

  /** Why the connection ended. */
  ended(): Promise<string> {
    return this.#end.promise;
  }

  /** The network is gone without a goodbye. */
  cut(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }
}

export type TestSeatPage = TestPage<typeof seatRequests, typeof seatEvents>;
export type TestDeskPage = TestPage<typeof deskRequests, typeof deskEvents>;

export interface Connection {
  readonly auth: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  /** What the page says of itself in its address. */
  readonly query?: Record<string, string>;
}

export function openSeatPage(url: string, connection: Connection): TestSeatPage {
  return new TestPage(connect(`${url}${SEAT_NAMESPACE}`, connection));
}

export function openDeskPage(url: string, connection: Connection): TestDeskPage {
  return new TestPage(connect(`${url}${DESK_NAMESPACE}`, connection));
}

function connect(url: string, { auth, headers = {}, query = {} }: Connection): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    query,
    extraHeaders: headers,
  });
}
