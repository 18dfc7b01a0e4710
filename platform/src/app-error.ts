import type { ErrorCode, FieldIssue } from '@careconnect/contracts';

export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly issues?: readonly FieldIssue[] | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** Under which another process has refused: it is the one to look for in the logs and the audit trail. */
  readonly requestId?: string;
}

/**
 * An error that may be shown to the person who caused it: its code is in the contract and its message
 * is a sentence for them. Features make theirs by factory, for example `visitErrors.over()`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly issues: readonly FieldIssue[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Of the process that refused first; undefined when that is this one. */
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    const { cause } = options;
    super(message, { cause });
    this.code = code;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.requestId = options.requestId ?? (cause instanceof AppError ? cause.requestId : undefined);
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
