import type { SocketError } from '@careconnect/contracts';
import { toSocketError } from '@careconnect/platform';

/** Refuses a handshake: the client's `connect_error` carries the typed error as `data`. */
export function toConnectError(error: unknown, requestId: string): Error & { data: SocketError } {
  const data = toSocketError(error, requestId);
  return Object.assign(new Error(data.message), { data });
}
