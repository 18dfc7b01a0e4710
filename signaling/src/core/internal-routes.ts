import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERROR_STATUS, problemType, type Problem } from '@careconnect/contracts';
import { internalSignalingEndpoints, PUSH_BODY_MAX_BYTES, type Push } from '@careconnect/contracts/internal';
import {
  AppError,
  toFieldIssues,
  toSocketError,
  type Logger,
  type ServiceTokens,
} from '@careconnect/platform';
import { readJsonBody } from './read-json-body.ts';

export interface InternalRoutesOptions {
  readonly tokens: ServiceTokens;
  /** Takes a push in; what it causes happens after the answer. */
  readonly accept: (push: Push) => void;
  readonly log: Logger;
}

const { push: endpoint } = internalSignalingEndpoints;

/** The endpoints other processes of ours call. Everything else on this server is not found. */
export function createInternalRoutes({ tokens, accept, log }: InternalRoutesOptions) {
  async function push(request: IncomingMessage): Promise<void> {
    if (request.url !== endpoint.path) throw new AppError('NOT_FOUND', 'There is nothing at this address.');
    if (request.method !== endpoint.method) throw new AppError('METHOD_NOT_ALLOWED', 'Use POST here.');
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    const caller = scheme === 'Bearer' ? await tokens.verify(token, 'signaling') : null;
    if (caller !== 'api') throw new AppError('UNAUTHENTICATED', 'This needs a service token.');
    const body = endpoint.body.safeParse(await readJsonBody(request, PUSH_BODY_MAX_BYTES));
    if (!body.success) {
      const issues = toFieldIssues(body.error);
      throw new AppError('VALIDATION_FAILED', 'This request was not understood.', { issues });
    }
    // Answered once it is in line: api must not wait for the media of the people it concerns.
    for (const one of body.data.pushes) accept(one);
  }

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await push(request);
      response.writeHead(endpoint.status).end();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'INTERNAL')
        log.error({ err: error, requestId: problem.requestId }, 'a push failed');
      // What is left of a refused body is not worth reading.
      response.writeHead(problem.status, { 'content-type': 'application/problem+json', connection: 'close' });
      response.end(JSON.stringify(problem));
    }
  };
}

function toProblem(error: unknown): Problem {
  const { message, ...rest } = toSocketError(error, randomUUID());
  return {
    type: problemType(rest.code),
    title: rest.code,
    status: ERROR_STATUS[rest.code],
    detail: message,
    ...rest,
  };
}
