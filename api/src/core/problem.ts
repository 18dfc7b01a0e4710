import { ERROR_STATUS, problemType, type ErrorCode, type Problem } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import { isDatabaseAway } from './database-failure.ts';
import { ERROR_TITLES } from './error-titles.ts';

/** The failures of Express and its body parser that a caller can cause, by the name they give them. */
const TRANSPORT_ERRORS: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  'entity.parse.failed': { code: 'MALFORMED_JSON', detail: 'The body could not be read as JSON.' },
  'entity.too.large': { code: 'BODY_TOO_LARGE', detail: 'The body is larger than this address takes.' },
  'charset.unsupported': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as application/json in UTF-8.',
  },
  'encoding.unsupported': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body without a content encoding.',
  },
  'request.size.invalid': { code: 'VALIDATION_FAILED', detail: 'The body was not as long as announced.' },
  'request.aborted': { code: 'VALIDATION_FAILED', detail: 'The request was cut off.' },
};

/** Any error as the problem document that its caller may see. What they must not see stays out of it. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { code, message: detail, issues, retryAfterSeconds } = toAppError(error);
  return {
    type: problemType(code),
    title: ERROR_TITLES[code],
    status: ERROR_STATUS[code],
    code,
    detail,
    requestId,
    ...(issues ? { issues: [...issues] } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    return new AppError(
      'UPSTREAM_UNAVAILABLE',
      'We cannot reach our records right now. Please try again in a moment.',
    );
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === 'string' ? TRANSPORT_ERRORS[type] : undefined;
  if (known) return new AppError(known.code, known.detail);
  // Express could not decode the address.
  if (status === 400) return new AppError('VALIDATION_FAILED', 'The address is not valid.');
  return new AppError(
    'INTERNAL',
    'Something went wrong on our side. Please try again; if it stays, tell us the request id.',
  );
}
