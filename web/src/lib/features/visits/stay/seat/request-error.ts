import { ErrorCode, type SocketError } from '@careconnect/contracts';

/**
 * Why something asked of the server did not happen: a code of the contract, or one of ours when
 * no answer came at all (`TIMED_OUT`, `DISCONNECTED`, `UNREACHABLE`).
 */
export type RequestErrorCode = ErrorCode | 'TIMED_OUT' | 'DISCONNECTED' | 'UNREACHABLE';

/** Codes that pass by themselves: trying again is right, telling the person to act is not. */
const PASSING: ReadonlySet<RequestErrorCode> = new Set<RequestErrorCode>([
  'TIMED_OUT',
  'DISCONNECTED',
  'UNREACHABLE',
  'TICKET_INVALID',
  'TICKET_USED',
  'RATE_LIMITED',
  'UPSTREAM_UNAVAILABLE',
  'MEDIA_UNAVAILABLE',
  'INTERNAL',
]);

export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: RequestErrorCode;
  /** For support: finds the request in the server's log. */
  readonly requestId: string | null;

  private constructor(
    code: RequestErrorCode,
    message: string,
    requestId: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.requestId = requestId;
  }

  get isPassing(): boolean {
    return PASSING.has(this.code);
  }

  /** Nobody is signed in any more; trying again cannot help, signing in does. */
  get needsSignIn(): boolean {
    return this.code === 'UNAUTHENTICATED' || this.code === 'SESSION_EXPIRED';
  }

  static refused(error: SocketError): RequestError {
    return new RequestError(error.code, error.message, error.requestId);
  }

  static timedOut(request: string, cause: unknown): RequestError {
    return new RequestError('TIMED_OUT', `${request} was not answered in time`, null, { cause });
  }

  static disconnected(request: string): RequestError {
    return new RequestError('DISCONNECTED', `${request} was asked without a connection`, null);
  }

  /** Whatever a REST call or a handshake rejected with; keeps the contract's code where there is one. */
  static from(error: unknown): RequestError {
    if (error instanceof RequestError) return error;
    const code = ErrorCode.safeParse(readField(error, 'code'));
    const requestId = readField(error, 'requestId');
    return new RequestError(
      code.success ? code.data : 'UNREACHABLE',
      error instanceof Error ? error.message : 'the server could not be reached',
      typeof requestId === 'string' ? requestId : null,
      { cause: error },
    );
  }
}

function readField(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}
