import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setInterval } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpServer, type HttpServerOptions } from './http-server.ts';
import { closeServer, listen } from './listen.ts';

/** Short enough to be waited for; what is held is that the end comes at all. */
const SHORT = { headersMs: 200, requestMs: 400, keepAliveMs: 200 };

async function serve(options: HttpServerOptions = {}, listener: RequestListener = answer): Promise<number> {
  const server = createHttpServer(listener, { ...options, limits: { ...SHORT, ...options.limits } });
  const { port } = await listen(server, 0, '127.0.0.1');
  onTestFinished(() => closeServer(server));
  return port;
}

const answer: RequestListener = (_request, response) => void response.end('fine');

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  // A server that closes on somebody who still writes resets the connection.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Sends a piece every 20 ms until the other side has had enough. */
async function trickle(socket: Socket, piece: string): Promise<void> {
  for await (const _ of setInterval(20)) {
    if (socket.destroyed || !socket.writable) return;
    socket.write(piece);
  }
}

test('headers that never end are refused in typed words, however busy they are', async () => {
  const socket = open(await serve());
  socket.write('GET / HTTP/1.1\r\nhost: door\r\n');
  const trickling = trickle(socket, 'x-more: 1\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [^]+The request took too long to arrive/);
  await trickling;
});

test('a body that never ends is refused too', async () => {
  const port = await serve({}, (request, response) => {
    request.resume().on('end', () => response.end('fine'));
  });
  const socket = open(port);
  socket.write('POST / HTTP/1.1\r\nhost: door\r\ncontent-length: 1000000\r\n\r\n');
  const trickling = trickle(socket, 'x');
  expect(await text(socket)).toContain('The request took too long to arrive');
  await trickling;
});

test('an answer that is under way gets no second one in it', async () => {
  const port = await serve({}, (_request, response) => void response.write('the beginning'));
  const socket = open(port);
  socket.write('POST / HTTP/1.1\r\nhost: door\r\ncontent-length: 1000000\r\n\r\n');
  const all = await text(socket);
  expect(all).toContain('the beginning');
  expect(all).not.toContain('VALIDATION_FAILED');
});

test('headers that are too large, or no HTTP, are refused by name', async () => {
  const port = await serve({ limits: { headerBytes: 2_000 } });
  const large = open(port);
  large.write(`GET / HTTP/1.1\r\nhost: door\r\nx: ${'x'.repeat(3_000)}\r\n\r\n`);
  expect(await text(large)).toMatch(/"code":"VALIDATION_FAILED".*The address or the headers are too long/);
  const other = open(port);
  other.write('SSH-2.0-OpenSSH_9\r\n\r\n');
  expect(await text(other)).toContain('This is not a request in HTTP');
});

test('a request that says twice how long it is, is none', async () => {
  const socket = open(await serve());
  socket.write(
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
});

test('a connection that says nothing ends, before its first request and between two', async () => {
  const port = await serve();
  const silent = open(port);
  const kept = open(port);
  kept.write('GET / HTTP/1.1\r\nhost: door\r\n\r\n');
  const [all, unasked] = await Promise.all([text(kept), text(silent)]);
  expect(unasked, 'a browser would take it for the answer to what it asks next').toBe('');
  expect(all).toMatch(/^HTTP\/1\.1 200 /);
});

test('one network opens so many connections and no more, and others are none the worse', async () => {
  let network = 'crowd';
  const limits = { headersMs: 5_000, requestMs: 5_000, connectionsPerNetwork: 3 };
  const port = await serve({ limits, countedAs: () => network });
  const held = [open(port), open(port), open(port)];
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  const refused = await text(open(port));
  expect(refused).toMatch(/^HTTP\/1\.1 429 [^]+"code":"RATE_LIMITED"/);
  network = 'somebody else';
  expect(await ask(port)).toContain('fine');
  network = 'crowd';
  for (const socket of held) socket.destroy();
  await expect.poll(() => ask(port)).toContain('fine');
});

test('this machine is not counted: it is a proxy with everybody behind it', async () => {
  const port = await serve({ limits: { connectionsPerNetwork: 1 } });
  const held = open(port);
  await once(held, 'connect');
  expect(await ask(port)).toContain('fine');
});

function ask(port: number): Promise<string> {
  const socket = open(port);
  socket.write('GET / HTTP/1.1\r\nhost: door\r\nconnection: close\r\n\r\n');
  return text(socket);
}
