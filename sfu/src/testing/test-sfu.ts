import type { Ack } from '@careconnect/contracts';
import { SFU_NAMESPACE, type sfuEvents, type sfuRequests } from '@careconnect/contracts/internal';
import { createLogger, createServiceTokens, type ServiceName } from '@careconnect/platform';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach } from 'vitest';
import type { z } from 'zod';
import { createSfuServer, type SfuServer, type SfuServerOptions } from '../server.ts';

type Requests = typeof sfuRequests;
type Events = typeof sfuEvents;

export const TEST_SECRET = 'a secret for tests that is long enough';

/** A real SFU with real workers on loopback. */
export function startTestSfu(options: Partial<SfuServerOptions> = {}): Promise<SfuServer> {
  return createSfuServer({
    serviceSecret: TEST_SECRET,
    log: createLogger({ name: 'sfu', level: process.env['LOG_LEVEL'] ?? 'silent' }),
    workers: 1,
    rtc: { listenIp: '127.0.0.1' },
    ...options,
  });
}

/** Opens a socket as any caller would; the connection may be refused. */
export function openSocket(url: string, auth: Record<string, unknown>, namespace = SFU_NAMESPACE): Socket {
  return io(`${url}${namespace}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth,
  });
}

/** With what a caller who is not welcome is turned away. */
export async function refusalOf(...caller: Parameters<typeof openSocket>): Promise<unknown> {
  const socket = openSocket(...caller);
  const refusal = await heard(socket, 'connect_error');
  socket.disconnect();
  return refusal;
}

export async function tokenOf(caller: ServiceName, audience: ServiceName = 'sfu', secret = TEST_SECRET) {
  return createServiceTokens(secret, caller).tokenFor(audience);
}

/** What signaling is to the SFU. */
export class TestSignaling {
  readonly socket: Socket;
  readonly #seen: { event: string; payload: unknown }[] = [];

  static async connect(url: string): Promise<TestSignaling> {
    const socket = openSocket(url, { token: await tokenOf('signaling') });
    await heard(socket, 'connect');
    return new TestSignaling(socket);
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event: string, payload: unknown) => this.#seen.push({ event, payload }));
  }

  /** Anything at all, for requests that must be refused. */
  async askAnything(event: string, ...args: unknown[]): Promise<Ack<unknown>> {
    return this.socket.timeout(10_000).emitWithAck(event, ...args) as Promise<Ack<unknown>>;
  }

  async ask<Name extends keyof Requests>(
    event: Name,
    payload: z.input<Requests[Name]['payload']>,
  ): Promise<z.output<Requests[Name]['response']>> {
    const answer = (await this.askAnything(event, payload)) as Ack<z.output<Requests[Name]['response']>>;
    if (!answer.ok) throw new Error(`${event}: ${answer.error.code} ${answer.error.message}`);
    return answer.data;
  }

  seen<Name extends keyof Events>(event: Name): z.output<Events[Name]>[] {
    return this.#seen
      .filter((entry) => entry.event === event)
      .map((entry) => entry.payload as z.output<Events[Name]>);
  }

  /** The first event of this name, past or to come. */
  async event<Name extends keyof Events>(event: Name): Promise<z.output<Events[Name]>> {
    const [past] = this.seen(event);
    if (past) return past;
    return (await heard(this.socket, event)) as z.output<Events[Name]>;
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** A real SFU and signaling on it, for each test of a file. */
export function useTestSfu(options: Partial<SfuServerOptions>): TestNode {
  const node = new TestNode();
  beforeEach(() => node.start(options));
  afterEach(() => node.stop());
  return node;
}

class TestNode {
  #running: { sfu: SfuServer; signaling: TestSignaling } | null = null;

  get sfu(): SfuServer {
    return this.#started.sfu;
  }

  get signaling(): TestSignaling {
    return this.#started.signaling;
  }

  async start(options: Partial<SfuServerOptions>): Promise<void> {
    const sfu = await startTestSfu(options);
    try {
      this.#running = { sfu, signaling: await TestSignaling.connect(sfu.url) };
    } catch (error) {
      await sfu.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const { signaling, sfu } = this.#started;
    this.#running = null;
    signaling.close();
    await sfu.close();
  }

  /** Another in its place. */
  async replace(options: Partial<SfuServerOptions>): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  get #started() {
    if (!this.#running) throw new Error('there is no SFU outside of a test');
    return this.#running;
  }
}

/** The argument of the next such event. */
export function heard(socket: Socket, event: string, timeoutMs = 10_000): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within ${timeoutMs} ms`)), timeoutMs);
    socket.once(event, (argument: unknown) => {
      clearTimeout(timer);
      resolve(argument);
    });
  });
}
