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

/** A page asks to be let in once for each namespace that it uses, and comes back with a new connection. */
const MAX_KNOCKS = 8;
/** Some pages of the longest chat. Whoever lets more wait is not reading, and it would be kept for them. */
const MAX_WAITING = 4_000_000;
/** How a Socket.IO packet of type CONNECT begins. */
const KNOCK = '0';

/**
 * Ends a connection that costs others: one that asks to be let in again and again, which takes the check of
 * a ticket each time, or one that does not read what it has asked for.
 */
export function guardConnection(connection: GuardedConnection): void {
  let knocks = 0;
  let waiting = 0;
  connection.on('packet', ({ type, data }) => {
    if (type !== 'message' || typeof data !== 'string' || !data.startsWith(KNOCK)) return;
    knocks += 1;
    if (knocks > MAX_KNOCKS) connection.close(true);
  });
  connection.on('packetCreate', ({ data }) => {
    waiting += sizeOf(data);
    if (waiting > MAX_WAITING) connection.close(true);
  });
  connection.on('flush', () => (waiting = 0));
}

/** In bytes, or in characters of a text. */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
