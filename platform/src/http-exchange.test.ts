import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createHttpExchange } from './http-exchange.ts';
import { listen } from './listen.ts';

let server: Server | undefined;
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

async function ask(answer: RequestListener, body?: string, timeoutMs = 5_000) {
  server = createServer(answer);
  const { port } = await listen(server, 0, '127.0.0.1');
  const exchange = createHttpExchange(`http://127.0.0.1:${port}`, timeoutMs);
  return exchange({ method: body === undefined ? 'GET' : 'POST', path: '/thing?of=it', headers: {}, body });
}

test('what is asked arrives whole, and so does the answer', async () => {
  const answer = await ask((request, response) => {
    let heard = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    request.on('end', () => response.writeHead(201).end(`${request.method} ${request.url} ${heard}`));
  }, 'für alle');
  expect(answer).toEqual({ status: 201, text: 'POST /thing?of=it für alle' });
});

test('an answer that breaks off is none', async () => {
  const breaking: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  };
  await expect(ask(breaking)).rejects.toThrow();
});

test('a server that says nothing is not waited for longer than agreed', async () => {
  await expect(ask(() => undefined, undefined, 20)).rejects.toThrow('no answer within 20 ms');
});

test('a connection is used again', async () => {
  const ports = new Set<number | undefined>();
  server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  const { port } = await listen(server, 0, '127.0.0.1');
  const exchange = createHttpExchange(`http://127.0.0.1:${port}`, 5_000);
  for (const path of ['/a', '/b', '/c']) await exchange({ method: 'GET', path, headers: {} });
  expect(ports.size).toBe(1);
});
