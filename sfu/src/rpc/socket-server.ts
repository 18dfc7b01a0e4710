import type { Ack, PushEvents, RequestEvents } from '@careconnect/contracts';
import {
  SFU_NAMESPACE,
  type sfuEvents,
  type SfuLoad,
  type sfuQuestions,
  type sfuRequests,
} from '@careconnect/contracts/internal';
import type { Logger, ServiceTokens } from '@careconnect/platform';
import { Server, type Namespace, type Socket } from 'socket.io';
import type { Announce } from '../announce.ts';
import { refuseStrangers } from './authenticate.ts';
import type { AnswerRequest } from './rpc.ts';

export interface SfuSockets {
  readonly announce: Announce;
  /** Begins to take requests; whoever connects is first told the load. */
  serve(answer: AnswerRequest, load: () => SfuLoad): void;
  /** Has everyone who is connected move their rooms elsewhere; resolves when they have, or the time is over. */
  askToLeave(timeoutMs: number): Promise<void>;
}

type Emits = PushEvents<typeof sfuEvents> & RequestEvents<typeof sfuQuestions>;

/** After this long without a sign a connection is lost: Socket.IO's own 45 s is a long time without new media. */
const HEARTBEAT = { pingInterval: 1_000, pingTimeout: 3_000 };

/** To be attached to an HTTP server. Few connections, all from our own machines: no compression. */
export function createSocketServer(): Server {
  return new Server({
    ...HEARTBEAT,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
  });
}

/** Answers whatever is asked over this connection. */
export function answerRequests(socket: Pick<Socket, 'onAny'>, answer: AnswerRequest): void {
  socket.onAny((event: string, ...args: unknown[]) => {
    const acknowledge = args.at(-1);
    // Without a way to answer it is not a request, and nothing may come of it.
    if (!isAcknowledge(acknowledge)) return;
    void answer(event, args.length === 2 ? args[0] : undefined).then(acknowledge);
  });
}

/** The side of the internal RPC that signaling is on. */
export function createSfuSockets(io: Server, tokens: ServiceTokens, log: Logger): SfuSockets {
  const namespace: Namespace<RequestEvents<typeof sfuRequests>, Emits> = io.of(SFU_NAMESPACE);

  namespace.use((socket, next) => {
    refuseStrangers(socket.handshake.auth, tokens, 'signaling').then(
      (refusal) => next(refusal ?? undefined),
      next,
    );
  });

  return {
    announce: (event, payload) => namespace.emit(event, ...([payload] as never)),

    serve(answer, load) {
      namespace.on('connection', (socket) => {
        log.info({ socketId: socket.id }, 'signaling connected');
        socket.emit('node:load', load());
        socket.on('disconnect', (reason) => log.info({ socketId: socket.id, reason }, 'signaling gone'));
        answerRequests(socket, answer);
      });
    },

    async askToLeave(timeoutMs) {
      try {
        await namespace.timeout(timeoutMs).emitWithAck('node:drain', {});
      } catch (error) {
        log.warn({ err: error }, 'not everyone has moved their rooms in time');
      }
    },
  };
}

function isAcknowledge(value: unknown): value is (answer: Ack<unknown>) => void {
  return typeof value === 'function';
}
