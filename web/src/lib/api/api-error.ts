import { Problem, type ErrorCode, type FieldIssue } from '@careconnect/contracts';

/** `OFFLINE` is ours: the request did not reach the platform, so nothing is known about its outcome. */
export type ApiErrorCode = ErrorCode | 'OFFLINE';

interface ApiErrorParts {
  readonly code: ApiErrorCode;
  /** A sentence for the person. */
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

export const apiErrors = {
  offline: (detail: string, cause: unknown) =>
    new ApiError(
      { code: 'OFFLINE', detail, status: 0, requestId: null, issues: [], retryAfterSeconds: null },
      { cause },
    ),

  /** Reads problem+json; anything else that is not a success counts as an unavailable platform. */
  fromResponse(response: Response, payload: unknown, fallbackDetail: string): ApiError {
    const problem = Problem.safeParse(payload);
    if (!problem.success) {
      const code = response.status === 404 ? 'NOT_FOUND' : 'UPSTREAM_UNAVAILABLE';
      return new ApiError({
        code,
        detail: fallbackDetail,
        status: response.status,
        requestId: response.headers.get('x-request-id'),
        issues: [],
        retryAfterSeconds: null,
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

  /** The platform answered with something this version of the page does not understand. */
  unexpectedAnswer: (requestId: string | null, detail: string, cause: unknown) =>
    new ApiError(
      { code: 'INTERNAL', detail, status: 200, requestId, issues: [], retryAfterSeconds: null },
      { cause },
    ),
};
