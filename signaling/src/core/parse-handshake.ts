import { AppError, toFieldIssues } from '@careconnect/platform';
import type { z } from 'zod';

/** What a handshake must carry. Errors: VALIDATION_FAILED. */
export function parseHandshake<T extends z.ZodType>(schema: T, auth: unknown): z.output<T> {
  const result = schema.safeParse(auth);
  if (result.success) return result.data;
  throw new AppError('VALIDATION_FAILED', 'This connection was not understood. Please reload the page.', {
    issues: toFieldIssues(result.error),
  });
}
