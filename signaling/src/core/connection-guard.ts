import type { Clock } from '@careconnect/platform';
import { TokenBucket } from './token-bucket.ts';

/** The part of an engine.io connection that is watched. */
export interface GuardedConnection {
  on(event: 'packet' | 'packetCreate', listener: (packet: Packet) => void): unknown;
  on(event: 'flush' | 'close', listener: () => void): unknown;
  close(discard: boolean): unknown;
}

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

/** A page connects once to each namespace that it uses, and comes back with a new connection. */
const MAX_CONNECT_PACKETS = 8;
/** A few pages of the longest chat. A client that leaves more unread keeps it in this process's memory. */
const MAX_UNSENT_BYTES = 4_000_000;
/**
 * Packets of whatever kind, well beyond what the limits of any namespace let through: what those refuse is still answered,
 * and what is no request at all (an acknowledgement, a pong, a namespace that nobody opened) they never see.
 */
const PACKETS = { burst: 200, perSecond: 100 };
/** From the opening of a connection until it says who it is. */
const SILENCE_MS = 5_000;
/** The first character of a Socket.IO packet is its type; 0 is CONNECT (socket.io-protocol, revision 5). */
const CONNECT = '0';

export interface GuardOptions {
  readonly clock: Clock;
  /** How long a connection may say nothing of who it is. Default 5 s. */
  readonly silenceMs?: number | undefined;
}

/**
 * Ends a connection that costs others: one that never says who it is, or says so again and again, each time with a
 * ticket to be checked; one that sends faster than anybody answers; and one that does not read what it has asked for.
 */
export function guardConnection(
  connection: GuardedConnection,
  { clock, silenceMs = SILENCE_MS }: GuardOptions,
): void {
  const packets = new TokenBucket(PACKETS, clock);
  const silence = setTimeout(() => connection.close(true), silenceMs);
  let connectPackets = 0;
  let unsentBytes = 0;
  connection.on('packet', ({ type, data }) => {
    if (!packets.take()) connection.close(true);
    if (type !== 'message' || typeof data !== 'string' || !data.startsWith(CONNECT)) return;
    clearTimeout(silence);
    connectPackets += 1;
    if (connectPackets > MAX_CONNECT_PACKETS) connection.close(true);
  });
  connection.on('packetCreate', ({ data }) => {
    unsentBytes += sizeOf(data);
    if (unsentBytes > MAX_UNSENT_BYTES) connection.close(true);
  });
  connection.on('flush', () => (unsentBytes = 0));
  connection.on('close', () => clearTimeout(silence));
}

/** In bytes; of a text its characters, which is near enough. */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
