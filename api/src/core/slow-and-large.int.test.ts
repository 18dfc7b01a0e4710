import { connect, type Socket } from 'node:net';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const { login } = endpoints.auth;

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    postgresUrl: inject('postgresUrl'),
    limits: { headersMs: 300, requestMs: 2_500 },
  });
});
afterAll(() => api.close());

/** All that somebody hears until their connection ends, with a reset too: they may still be writing. */
async function heard(socket: Socket): Promise<string> {
  let all = '';
  socket.on('data', (text) => (all += String(text)));
  const closed = Promise.withResolvers<void>();
  socket.once('close', () => closed.resolve());
  await closed.promise;
  return all;
}

/** Somebody who wants to sign in, and has sent so much of it. */
function begin(...headers: readonly string[]): Socket {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const head = [`POST ${login.path} HTTP/1.1`, 'host: api', 'content-type: application/json', ...headers];
  socket.write(`${head.join('\r\n')}\r\n`);
  return socket;
}

test('headers and bodies that do not come are refused in time', async () => {
  const answers = [
    begin(),
    begin('content-length: 50000', '', '{"email":'),
    begin('transfer-encoding: chunked', ''),
  ];
  for (const answer of await Promise.all(answers.map((socket) => heard(socket))))
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]+"code":"VALIDATION_FAILED".*took too long/);
});

test('a body that says that it is large is not waited for', async () => {
  expect(await heard(begin('content-length: 10000000000', '', '{'))).toMatch(
    /^HTTP\/1\.1 413 [^]+BODY_TOO_LARGE/,
  );
});

test('nor is one read to its end that does not say so', async () => {
  const socket = begin('transfer-encoding: chunked', '');
  let sent = 0;
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const send = () => {
    while (socket.writable && sent < 500_000_000) {
      sent += chunk.length;
      if (!socket.write(chunk)) return;
    }
  };
  socket.on('drain', send);
  send();
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 413 [^]+BODY_TOO_LARGE/);
  // What stands in the buffers of two sockets, and nothing like what was meant.
  expect(sent).toBeLessThan(50_000_000);
});
