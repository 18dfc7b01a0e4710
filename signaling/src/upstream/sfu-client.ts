import { SocketError, type Ack } from '@careconnect/contracts';
import type { sfuQuestions } from '@careconnect/contracts/internal';
import { SFU_NAMESPACE, sfuEvents, sfuRequests } from '@careconnect/contracts/internal';
import { AppError, type Logger, type ServiceTokens } from '@careconnect/platform';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { AbsenceLog } from '../core/absence-log.ts';
import {
  mediaUnavailable,
  type SfuAnswer,
  type SfuEvent,
  type SfuEventName,
  type SfuPayload,
  type SfuRequestName,
} from './sfu-port.ts';

/** One listener for every event of a node, and for each time it becomes reachable or ceases to be. */
export type NodeListener = {
  readonly [Name in SfuEventName]: (payload: SfuEvent<Name>) => void;
} & {
  readonly connected: () => void;
  readonly disconnected: () => void;
  /** It is to carry nothing any more; to be resolved when what can move has moved. */
  readonly drain: () => Promise<void>;
  /** Its machine answers that nobody listens there. */
  readonly refused: () => void;
};

export interface SfuClientOptions {
  readonly url: string;
  readonly tokens: ServiceTokens;
  readonly timeoutMs: number;
  readonly log: Logger;
}

type Acknowledge = (answer: Ack<z.output<(typeof sfuQuestions)['node:drain']['response']>>) => void;

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: SocketError }),
]);

/** What the machine of a process that is gone answers, which Socket.IO hands on as it came. */
const Refused = z.object({ description: z.object({ error: z.object({ code: z.literal('ECONNREFUSED') }) }) });

/** Its rooms can go elsewhere as soon as it is known that nobody listens there any more. */
const RECONNECT_MIN_MS = 20;
const RECONNECT_MAX_MS = 500;

/** The connection to one SFU node; it mends itself for as long as it is not closed. */
export class SfuClient {
  readonly #socket: Socket;
  readonly #options: SfuClientOptions;
  readonly #absence: AbsenceLog;
  #isClosed = false;

  constructor(options: SfuClientOptions) {
    this.#options = options;
    this.#absence = new AbsenceLog(options.log, {
      awaited: 'waiting for the sfu',
      missing: 'sfu does not answer',
    });
    this.#socket = io(`${options.url}${SFU_NAMESPACE}`, {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket'],
      reconnectionDelay: RECONNECT_MIN_MS,
      reconnectionDelayMax: RECONNECT_MAX_MS,
      timeout: options.timeoutMs,
      auth: (give) =>
        void options.tokens.tokenFor('sfu').then(
          (token) => give({ token }),
          () => give({}),
        ),
    });
  }

  /** Starts connecting; resolves when that has succeeded or failed for the first time. To be called once. */
  async open(listener: NodeListener): Promise<void> {
    const { url, log } = this.#options;
    this.#socket.on('connect', () => {
      this.#absence.answered();
      log.info({ sfu: url }, 'sfu connected');
      listener.connected();
    });
    this.#socket.on('disconnect', (reason) => {
      log.warn({ sfu: url, reason }, 'sfu disconnected');
      if (!this.#isClosed) listener.disconnected();
      this.#reconnectIfRefused();
    });
    this.#socket.on('connect_error', (error) => {
      this.#absence.failed(error, { sfu: url });
      if (Refused.safeParse(error).success) listener.refused();
      this.#reconnectIfRefused();
    });
    this.#socket.on(
      'node:drain' satisfies keyof typeof sfuQuestions,
      (_payload, acknowledge: Acknowledge) => {
        void listener.drain().finally(() => acknowledge({ ok: true, data: {} }));
      },
    );
    for (const [name, schema] of Object.entries(sfuEvents)) this.#relay(name, schema, listener);
    const settled = new Promise<void>((resolve) => {
      this.#socket.once('connect', resolve);
      this.#socket.once('connect_error', () => resolve());
    });
    this.#socket.connect();
    await settled;
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.disconnect();
  }

  async request<Name extends SfuRequestName>(
    name: Name,
    payload: SfuPayload<Name>,
  ): Promise<SfuAnswer<Name>> {
    if (!this.isConnected) throw mediaUnavailable();
    const answer = Answer.parse(await this.#ask(name, payload));
    if (!answer.ok) throw toMediaError(answer.error);
    return sfuRequests[name].response.parse(answer.data) as SfuAnswer<Name>;
  }

  async #ask(name: string, payload: unknown): Promise<unknown> {
    try {
      return (await this.#socket.timeout(this.#options.timeoutMs).emitWithAck(name, payload)) as unknown;
    } catch (cause) {
      throw mediaUnavailable(cause);
    }
  }

  #relay(name: string, schema: z.ZodType, listener: NodeListener): void {
    const tell = listener[name as SfuEventName] as (payload: unknown) => void;
    this.#socket.on(name, (raw: unknown) => {
      const payload = schema.safeParse(raw);
      if (payload.success) tell(payload.data);
      else this.#options.log.error({ event: name }, 'the sfu sent an event this process does not know');
    });
  }

  // Socket.IO gives up after a refusal by the server; a node that has just restarted may refuse once.
  #reconnectIfRefused(): void {
    if (this.#socket.active || this.#isClosed) return;
    setTimeout(() => {
      if (!this.#isClosed) this.#socket.connect();
    }, RECONNECT_MAX_MS).unref();
  }
}

function toMediaError({ code, message }: SocketError): AppError {
  if (code === 'MEDIA_REFUSED' || code === 'SCREEN_TAKEN') return new AppError(code, message);
  return mediaUnavailable(new Error(`${code}: ${message}`));
}
