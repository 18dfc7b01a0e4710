import { createServer, type Server } from 'node:http';
import { defineEndpoint, type Problem } from '@careconnect/contracts';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import { closeServer, listen } from './listen.ts';
import { createServiceClient } from './service-client.ts';
import { createServiceTokens } from './service-token.ts';
import { toSocketError } from './socket-error.ts';

const ENDPOINT = defineEndpoint({
  method: 'GET',
  path: '/internal/thing',
  access: { kind: 'service' },
  summary: 'A thing',
  params: z.strictObject({}),
  query: z.strictObject({}),
  body: z.undefined(),
  response: z.object({ id: z.string() }),
  status: 200,
  errors: [],
});

let server: Server | undefined;
afterEach(async () => {
  if (server) await closeServer(server);
});

async function failureOf(status: number, body: string): Promise<AppError> {
  server = createServer((_request, response) => response.writeHead(status).end(body));
  const { port } = await listen(server, 0, '127.0.0.1');
  const call = createServiceClient({
    baseUrl: `http://127.0.0.1:${port}`,
    audience: 'api',
    tokens: createServiceTokens('a'.repeat(43), 'signaling'),
  });
  const error: unknown = await call(ENDPOINT, {}).catch((reason: unknown) => reason);
  if (!(error instanceof AppError)) throw new Error('not a typed refusal', { cause: error });
  return error;
}

const REFUSAL: Problem = {
  type: '/api/docs#error-RATE_LIMITED',
  title: 'Too many requests',
  status: 429,
  code: 'RATE_LIMITED',
  detail: 'Please wait.',
  requestId: 'request-1',
  retryAfterSeconds: 7,
  issues: [{ path: 'body', message: 'too long' }],
};

test('a typed error of another process comes through as it is', async () => {
  expect(await failureOf(429, JSON.stringify(REFUSAL))).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'Please wait.',
    requestId: 'request-1',
    retryAfterSeconds: 7,
    issues: [{ path: 'body', message: 'too long' }],
  });
});

test('a person is told the number under which it was refused first', async () => {
  const refusal = await failureOf(429, JSON.stringify(REFUSAL));
  const shown = new AppError('UPSTREAM_UNAVAILABLE', 'Please try again.', { cause: refusal });
  expect(toSocketError(refusal, 'mine').requestId).toBe('request-1');
  expect(toSocketError(shown, 'mine').requestId).toBe('request-1');
  expect(toSocketError(new AppError('NOT_FOUND', 'Not here.'), 'mine').requestId).toBe('mine');
});

test.each([
  ['no problem document', 500, '{}'],
  ['nonsense', 502, '<html>'],
  ['a right status and a wrong body', 200, 'nonsense'],
])('%s is an upstream that is not available', async (_what, status, body) => {
  expect((await failureOf(status, body)).code).toBe('UPSTREAM_UNAVAILABLE');
});
