import type { Logger } from '@careconnect/platform';
import { AppError } from '@careconnect/platform';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { toProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** Whatever was asked for that no route has. */
export const answerNotFound: RequestHandler = () => {
  throw new AppError('NOT_FOUND', 'There is nothing at this address.');
};

/** The one place where an error becomes an answer (RFC 9457). */
export function createErrorMiddleware(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = toProblem(error, requestIdOf(response));
    if (problem.status >= 500) {
      log.error({ err: error, requestId: problem.requestId, method: request.method }, 'request failed');
    }
    // The answer is under way: all that is left is to cut it off.
    if (response.headersSent) {
      next(error);
      return;
    }
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer realm="careconnect"');
    if (problem.retryAfterSeconds !== undefined) {
      response.setHeader('retry-after', String(problem.retryAfterSeconds));
    }
    // What is left of it would be read to its end otherwise.
    if (problem.code === 'BODY_TOO_LARGE' && !request.complete) response.setHeader('connection', 'close');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
