import { SocketError } from '@careconnect/contracts';
import { PARTS_NAMESPACE, partEvents, partRequests, type SfuLoad } from '@careconnect/contracts/internal';
import { AppError, type Logger, type ServiceTokens } from '@careconnect/platform';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { mediaErrors } from '../media/media-errors.ts';
import type { HomeRoom, Part, PartPlace } from '../media/rooms/part.ts';
import type { AskPart } from './part-talk.ts';
import type { PipeOptions } from './pipe.ts';
import { RemotePart } from './remote-part.ts';

type Events = typeof partEvents;

export interface SiblingOptions {
  readonly url: string;
  readonly tokens: ServiceTokens;
  readonly pipe: PipeOptions;
  readonly log: Logger;
}

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: SocketError }),
]);

/** Longer than a busy worker takes for anything, and a room is not to be held up for longer. */
const ANSWER_TIMEOUT_MS = 5_000;
const RECONNECT_MAX_MS = 2_000;

/**
 * Another SFU node, as one that carries parts of rooms of this one. What they are is agreed by what is said in turn, so
 * they live no longer than the connection: where it breaks, neither side can know what the other has missed.
 */
export class Sibling implements PartPlace {
  readonly on = this;
  readonly #options: SiblingOptions;
  readonly #socket: Socket;
  readonly #parts = new Map<string, RemotePart>();
  #load: SfuLoad | null = null;
  #isClosed = false;

  constructor(options: SiblingOptions) {
    this.#options = options;
    this.#socket = io(`${options.url}${PARTS_NAMESPACE}`, {
      forceNew: true,
      transports: ['websocket'],
      reconnectionDelayMax: RECONNECT_MAX_MS,
      auth: (give) =>
        void options.tokens.tokenFor('sfu').then(
          (token) => give({ token }),
          () => give({}),
        ),
    });
    this.#listen();
  }

  /** As it told last; null while it is out of reach. */
  get load(): SfuLoad | null {
    return this.#load;
  }

  async openPart(room: HomeRoom): Promise<Part> {
    return RemotePart.open({
      room,
      sibling: this,
      pipe: this.#options.pipe,
      ask: this.#ask,
      onOpening: (opening) => this.#parts.set(opening.id, opening),
      onClosed: ({ id }) => this.#parts.delete(id),
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.disconnect();
  }

  readonly #ask: AskPart = async (name, payload) => {
    if (!this.#socket.connected) throw mediaErrors.unavailable();
    const answer = Answer.parse(await this.#emit(name, payload));
    if (!answer.ok) throw toMediaError(answer.error);
    return partRequests[name].response.parse(answer.data) as never;
  };

  async #emit(name: string, payload: unknown): Promise<unknown> {
    try {
      return (await this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)) as unknown;
    } catch (cause) {
      // Whether it has been done nobody knows. Only an end to all that there is makes both sides agree.
      if (this.#socket.connected) this.#socket.disconnect();
      throw mediaErrors.unavailable(cause);
    }
  }

  #listen(): void {
    const { url, log } = this.#options;
    this.#socket.on('connect', () => log.info({ sibling: url }, 'media server connected'));
    this.#socket.on('connect_error', (error) => {
      log.debug({ sibling: url, err: error }, 'media server does not answer');
      this.#reconnectIfEnded();
    });
    this.#socket.on('disconnect', (reason) => {
      log.warn({ sibling: url, reason, parts: this.#parts.size }, 'media server out of reach');
      this.#load = null;
      for (const part of this.#parts.values()) part.lose();
      this.#reconnectIfEnded();
    });
    this.#hear('node:load', (load) => (this.#load = load));
    this.#hear('part:lost', ({ partId }) => this.#parts.get(partId)?.lose());
    this.#hear('seat:state', ({ partId, ...told }) => this.#parts.get(partId)?.told(told));
    this.#hear('seat:abandoned', ({ partId, openingId }) => this.#parts.get(partId)?.abandoned(openingId));
    this.#hear('seat:flooded', ({ partId, openingId }) => this.#parts.get(partId)?.flooded(openingId));
    for (const name of ['consumer:paused', 'consumer:closed', 'consumer:bottleneck'] as const) {
      this.#hear(name, ({ partId, ...payload }) => this.#parts.get(partId)?.announce(name, payload as never));
    }
  }

  #hear<Name extends keyof Events>(name: Name, listener: (payload: z.output<Events[Name]>) => void): void {
    const event: string = name;
    this.#socket.on(event, (raw: unknown) => {
      const payload = partEvents[name].safeParse(raw);
      if (payload.success) listener(payload.data as z.output<Events[Name]>);
      else this.#options.log.error({ event }, 'a media server sent an event this process does not know');
    });
  }

  // Socket.IO gives up after a refusal by the server, and after an end that was ours.
  #reconnectIfEnded(): void {
    if (this.#socket.active || this.#isClosed) return;
    setTimeout(() => {
      if (!this.#isClosed) this.#socket.connect();
    }, RECONNECT_MAX_MS).unref();
  }
}

function toMediaError({ code, message }: SocketError): AppError {
  if (code === 'MEDIA_REFUSED') return new AppError(code, message);
  return mediaErrors.unavailable(new Error(`${code}: ${message}`));
}
