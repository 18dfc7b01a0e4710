import type { ApiErrorCode } from './api-error.ts';

/** What nobody foresaw, so that only the log can tell what happened. */
const UNFORESEEN: ReadonlySet<ApiErrorCode> = new Set(['INTERNAL', 'UNEXPECTED_ANSWER', 'MALFORMED_JSON']);

/**
 * The number by which the person can tell us of a failure and we find it in the log; null for what happens every
 * day, such as a wrong password or a time that is taken: there the words are enough.
 */
export function errorReference(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, requestId } = error as { code?: unknown; requestId?: unknown };
  return typeof requestId === 'string' && UNFORESEEN.has(code as ApiErrorCode) ? requestId : null;
}
