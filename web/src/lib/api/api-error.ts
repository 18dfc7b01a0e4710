import { Problem, type ErrorCode, type FieldIssue } from '@careconnect/contracts';

/**
 * Three codes are ours: with `OFFLINE` the request got no answer, so nothing is known about its outcome; with
 * `UNEXPECTED_ANSWER` the platform answered with something this version of the page does not understand;
 * with `PASSKEY_NOT_USED` the browser handed over no passkey.
 */
export type ApiErrorCode = ErrorCode | 'OFFLINE' | 'UNEXPECTED_ANSWER' | 'PASSKEY_NOT_USED';

interface ApiErrorParts {
  readonly code: ApiErrorCode;
  /** A sentence for whoever reads the log; {@link errorWords} has the one for the person. */
  readonly detail: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterSeconds: number | null;
}

/** What a call answers with when it does not answer with its data. */
export class ApiError extends Error implements ApiErrorParts {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly detail: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterSeconds: number | null;

  constructor(parts: ApiErrorParts, options?: ErrorOptions) {
    super(`${parts.code}: ${parts.detail}`, options);
    this.code = parts.code;
    this.detail = parts.detail;
    this.status = parts.status;
    this.requestId = parts.requestId;
    this.issues = parts.issues;
    this.retryAfterSeconds = parts.retryAfterSeconds;
  }

  /** The session is gone or was never there; signing in mends it. */
  get needsSignIn(): boolean {
    return this.code === 'UNAUTHENTICATED' || this.code === 'SESSION_EXPIRED';
  }
}

const NOTHING_KNOWN = { requestId: null, issues: [], retryAfterSeconds: null } as const;

export const apiErrors = {
  offline: (cause: unknown) =>
    new ApiError({ ...NOTHING_KNOWN, code: 'OFFLINE', detail: 'no answer', status: 0 }, { cause }),

  passkeyNotUsed: (cause: unknown) =>
    new ApiError({ ...NOTHING_KNOWN, code: 'PASSKEY_NOT_USED', detail: 'no passkey', status: 0 }, { cause }),

  /** The device itself says so, before anything is sent. */
  passkeyKnown: (cause: unknown) =>
    new ApiError(
      { ...NOTHING_KNOWN, code: 'PASSKEY_KNOWN', detail: 'it is here already', status: 0 },
      { cause },
    ),

  /** Known without asking. */
  signedOut: () =>
    new ApiError({
      ...NOTHING_KNOWN,
      code: 'UNAUTHENTICATED',
      detail: 'no session in this browser',
      status: 401,
    }),

  /** Reads problem+json; anything else that is not a success counts as an unavailable platform. */
  fromResponse(response: Response, payload: unknown): ApiError {
    const problem = Problem.safeParse(payload);
    if (!problem.success) {
      const code = response.status === 404 ? 'NOT_FOUND' : 'UPSTREAM_UNAVAILABLE';
      return new ApiError({
        ...NOTHING_KNOWN,
        code,
        detail: 'the answer is no problem document',
        status: response.status,
        requestId: response.headers.get('x-request-id'),
      });
    }
    const { code, detail, status, requestId, issues, retryAfterSeconds } = problem.data;
    return new ApiError({
      code,
      detail,
      status,
      requestId,
      issues: issues ?? [],
      retryAfterSeconds: retryAfterSeconds ?? null,
    });
  },

  unexpectedAnswer: ({ status, headers }: Response, cause: unknown) =>
    new ApiError(
      {
        ...NOTHING_KNOWN,
        code: 'UNEXPECTED_ANSWER',
        detail: 'the answer is not what the contract describes',
        status,
        requestId: headers.get('x-request-id'),
      },
      { cause },
    ),
};
