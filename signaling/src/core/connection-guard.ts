/** The part of an engine.io connection that is watched. */
export interface GuardedConnection {
  on(event: 'packet' | 'packetCreate', listener: (packet: Packet) => void): unknown;
  on(event: 'flush', listener: () => void): unknown;
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
/** The first character of a Socket.IO packet is its type; 0 is CONNECT (socket.io-protocol, revision 5). */
const CONNECT = '0';

/**
 * Ends a connection that costs others: one that sends CONNECT again and again, each of which has a ticket checked, or
 * one that does not read what it has asked for.
 */
export function guardConnection(connection: GuardedConnection): void {
  let connectPackets = 0;
  let unsentBytes = 0;
  connection.on('packet', ({ type, data }) => {
    if (type !== 'message' || typeof data !== 'string' || !data.startsWith(CONNECT)) return;
    connectPackets += 1;
    if (connectPackets > MAX_CONNECT_PACKETS) connection.close(true);
  });
  connection.on('packetCreate', ({ data }) => {
    unsentBytes += sizeOf(data);
    if (unsentBytes > MAX_UNSENT_BYTES) connection.close(true);
  });
  connection.on('flush', () => (unsentBytes = 0));
}

/** In bytes; of a text its characters, which is near enough. */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
