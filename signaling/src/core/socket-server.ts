import type { Server as HttpServer } from 'node:http';
import type { Clock } from '@careconnect/platform';
import { Server } from 'socket.io';
import { guardConnection, type GuardedConnection } from './connection-guard.ts';
import { createHandshakeLimit } from './handshake-limit.ts';
import { isOwnOrigin } from './origin.ts';
import type { BucketSize } from './token-bucket.ts';

/** What came with the upgrade, which nobody asks for any more; otherwise it is kept for as long as the connection. */
interface KnownRequest {
  request: unknown;
}

const MAX_MESSAGE_BYTES = 64 * 1024;

/**
 * A dead phone is noticed after at most interval + timeout = 12 s, on both sides.
 *
 * Socket.IO's own connection state recovery stays off: it resumes a socket only when its end was noticed
 * first, only in the same process, and without a `welcome`. A new ticket and one round trip work in every
 * case, and leave the media alone when the page names the transports that it still has.
 */
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 7_000;
const HANDSHAKE_TIMEOUT_MS = 15_000;

export interface SocketServerOptions {
  readonly publicOrigin: string;
  readonly clock: Clock;
  /** How long a connection may say nothing of who it is. */
  readonly silenceMs?: number | undefined;
  /** How many connections one network may open. */
  readonly handshakes?: BucketSize | undefined;
}

export function createSocketServer(
  http: HttpServer,
  { publicOrigin, clock, silenceMs, handshakes }: SocketServerOptions,
): Server {
  const handshakeLimit = createHandshakeLimit(clock, handshakes);
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: HANDSHAKE_TIMEOUT_MS,
    allowRequest: (request, decide) => {
      decide(null, isOwnOrigin(request, publicOrigin) && handshakeLimit.allows(request));
    },
  });
  io.engine.on('connection', (connection: GuardedConnection & KnownRequest) => {
    guardConnection(connection, { clock, silenceMs });
    connection.request = null;
  });
  // The default namespace exists in Socket.IO whether it is wanted or not.
  io.use((_socket, next) => next(new Error('There is nothing here.')));
  return io;
}
