import type { ErrorCode, FieldIssue } from '@careconnect/contracts';

export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly issues?: readonly FieldIssue[];
  readonly retryAfterSeconds?: number;
}

/**
 * An error that may be shown to the person who caused it: its code is in the contract and its message
 * is a sentence for them. Features make theirs by factory, for example `visitErrors.over(visitId)`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly issues: readonly FieldIssue[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What zod found, as paths and sentences that name no received value. */
export function toFieldIssues(error: {
  issues: readonly { path: PropertyKey[]; message: string }[];
}): FieldIssue[] {
  return error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}
