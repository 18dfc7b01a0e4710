import type { SocketError } from '@careconnect/contracts';
import { AppError } from './app-error.ts';

/** What a socket may learn of an error: a typed one as it is, anything else without its message. */
export function toSocketError(error: unknown, requestId: string): SocketError {
  if (!(error instanceof AppError)) {
    return { code: 'INTERNAL', message: 'Something went wrong on our side. Please try again.', requestId };
  }
  return {
    code: error.code,
    message: error.message,
    requestId: error.requestId ?? requestId,
    ...(error.issues ? { issues: [...error.issues] } : {}),
  };
}
