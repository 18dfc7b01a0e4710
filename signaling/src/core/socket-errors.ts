import type { SocketError } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

/** What a socket may learn of an error: a typed one as it is, anything else without its message. */
export function toSocketError(error: unknown, requestId: string): SocketError {
  if (!(error instanceof AppError)) {
    return { code: 'INTERNAL', message: 'Something went wrong on our side. Please try again.', requestId };
  }
  return {
    code: error.code,
    message: error.message,
    requestId,
    ...(error.issues ? { issues: [...error.issues] } : {}),
  };
}

/** Refuses a handshake: the client's `connect_error` carries the typed error as `data`. */
export function toConnectError(error: unknown, requestId: string): Error & { data: SocketError } {
  const data = toSocketError(error, requestId);
  return Object.assign(new Error(data.message), { data });
}
