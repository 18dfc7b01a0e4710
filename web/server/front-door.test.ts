import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  closeServer,
  createLogger,
  createMetrics,
  createOperationsRoutes,
  listen,
} from '@careconnect/platform';
import { Problem } from '@careconnect/contracts';
import { afterEach, expect, it } from 'vitest';
import { createFrontDoor } from './front-door.ts';
import { createInnerProcess, type InnerProcess } from './inner-process.ts';

/** More at a time than any one clinic asks. */
const SLOW = 600;
/** Whoever has come to a place where nobody listens has been refused. */
const REFUSED_BY_THEN_MS = 100;

const open: Server[] = [];
const inner: InnerProcess[] = [];

afterEach(async () => {
  for (const process of inner.splice(0)) {
    process.endUpgraded();
    process.close();
  }
  await Promise.all(open.splice(0).map(closeServer));
});

async function serve(
  listener: RequestListener,
  wantedPort = 0,
): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(listener);
  open.push(server);
  const { port } = await listen(server, wantedPort, '127.0.0.1');
  return { server, url: `http://127.0.0.1:${port}`, port };
}

/** Sends back whatever is said over a live connection. */
async function serveSockets(port = 0) {
  const live = await serve(echo('signaling'), port);
  live.server.on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  return live;
}

/** Where a process was that has died. */
async function aVacantPlace(): Promise<{ url: string; port: number }> {
  const { server, url, port } = await serve(echo('gone'));
  await closeServer(server);
  return { url, port };
}

/** Answers with what it was asked, under its own name. */
function echo(name: string): RequestListener {
  return ({ url, headers }, response) => void response.end(JSON.stringify({ name, url, headers }));
}

interface DoorOptions {
  readonly apiUrl?: string;
  readonly signalingUrl?: string;
  readonly trustProxy?: boolean;
  readonly patienceMs?: number;
}

async function aDoor(options: DoorOptions = {}) {
  const { patienceMs } = options;
  const api = createInnerProcess(options.apiUrl ?? (await serve(echo('api'))).url, patienceMs);
  const signaling = createInnerProcess(options.signalingUrl ?? (await serveSockets()).url, patienceMs);
  inner.push(api, signaling);
  const log = createLogger({ name: 'test', level: 'silent' });
  const door = createFrontDoor({
    api,
    signaling,
    pages: echo('pages'),
    operations: createOperationsRoutes({ metrics: createMetrics('test'), isReady: () => true, log }),
    protocol: 'https:',
    trustProxy: options.trustProxy ?? false,
    log,
  });
  const { server, url, port } = await serve((request, response) => void door.handle(request, response));
  server.on('upgrade', (request, socket, head) => void door.handleUpgrade(request, socket, head));
  return { url, port };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends the path as it stands, which `fetch` would tidy up. */
async function get(url: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const request = httpRequest({ hostname, port, path, headers, agent: false }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

function seen(answer: Answer) {
  return JSON.parse(answer.text) as { name: string; url: string; headers: Record<string, string> };
}

it('takes every path to its process, and inner paths to none', async () => {
  const { url } = await aDoor();
  const names = async (path: string) => seen(await get(url, path)).name;
  expect(await names('/api/v1/auth/me')).toBe('api');
  expect(await names('/socket.io/?EIO=4')).toBe('signaling');
  expect(await names('/internal/v1/push')).toBe('pages');
  expect((await get(url, '/api/../internal/v1/push')).status).toBe(400);
});

it('tells inner processes one address and one request id, whatever the client claims', async () => {
  const { url } = await aDoor();
  const claims = { 'x-forwarded-for': '1.2.3.4', 'x-request-id': 'mine', forwarded: 'for=1.2.3.4' };
  const { headers } = seen(await get(url, '/api/x', claims));
  expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  expect(headers['x-forwarded-proto']).toBe('https');
  expect(headers['forwarded']).toBeUndefined();
  expect(headers['x-request-id']).not.toBe('mine');
});

it('believes only the proxy next to it, and only when told to', async () => {
  const { url } = await aDoor({ trustProxy: true });
  const { headers } = seen(await get(url, '/api/x', { 'x-forwarded-for': '6.6.6.6, 9.9.9.9' }));
  expect(headers['x-forwarded-for']).toBe('9.9.9.9');
});

it('answers a typed 503 while an inner process is away', async () => {
  const { url } = await aDoor({ apiUrl: (await aVacantPlace()).url, patienceMs: 0 });
  const answer = await get(url, '/api/v1/auth/me');
  expect(answer.status).toBe(503);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['retry-after']).toBe('2');
  expect(Problem.parse(JSON.parse(answer.text))).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    type: '/api/docs#error-UPSTREAM_UNAVAILABLE',
  });
});

it('has a question wait for a process that starts again', async () => {
  const away = await aVacantPlace();
  const { url } = await aDoor({ apiUrl: away.url });
  const answer = get(url, '/api/v1/auth/me');
  const another = get(url, '/api/v1/visits');
  await sleep(REFUSED_BY_THEN_MS);
  await serve(echo('api'), away.port);
  expect(seen(await answer).name).toBe('api');
  expect(seen(await another).name).toBe('api');
});

it('does not send what somebody writes a second time', async () => {
  const away = await aVacantPlace();
  const { url } = await aDoor({ apiUrl: away.url });
  const answer = await fetch(`${url}/api/v1/messages`, { method: 'POST', body: 'hello' });
  expect(answer.status).toBe(503);
});

it('has a live connection wait for a process that starts again', async () => {
  const away = await aVacantPlace();
  const { port } = await aDoor({ signalingUrl: away.url });
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write('GET /socket.io/ HTTP/1.1\r\nhost: door\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
  await sleep(REFUSED_BY_THEN_MS);
  await serveSockets(away.port);
  const [answer] = (await once(socket, 'data')) as [string];
  expect(answer).toMatch(/^HTTP\/1.1 101/);
  socket.destroy();
});

it('takes nobody to a process who has left while it started again', async () => {
  const away = await aVacantPlace();
  const { port } = await aDoor({ signalingUrl: away.url });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /socket.io/ HTTP/1.1\r\nhost: door\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
  await sleep(REFUSED_BY_THEN_MS);
  socket.resetAndDestroy();
  const { server } = await serveSockets(away.port);
  let taken = 0;
  server.on('upgrade', () => (taken += 1));
  await sleep(REFUSED_BY_THEN_MS);
  expect(taken).toBe(0);
});

it('keeps nobody waiting for the slow requests of others', async () => {
  let arrived = 0;
  const all = Promise.withResolvers<void>();
  const { url: apiUrl } = await serve((request, response) => {
    if (request.method === 'GET') return void response.end();
    request.resume();
    arrived += 1;
    if (arrived === SLOW) all.resolve();
  });
  const { url, port } = await aDoor({ apiUrl });
  const slow = Array.from({ length: SLOW }, () => connect(port, '127.0.0.1'));
  for (const socket of slow) {
    socket.write('POST /api/v1/auth/logout HTTP/1.1\r\nhost: door\r\ncontent-length: 9\r\n\r\n{');
  }
  await all.promise;
  expect((await get(url, '/api/v1/auth/me')).status).toBe(200);
  for (const socket of slow) socket.destroy();
});

it('guards pages and lets public ones be kept for a minute', async () => {
  const { url } = await aDoor();
  const { headers } = await get(url, '/patient');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['permissions-policy']).toContain('camera=(self), microphone=(self)');
  expect(headers['strict-transport-security']).toBeDefined();
  expect(headers['cache-control']).toBe('no-cache');
  expect((await get(url, '/')).headers['cache-control']).toBe('public, max-age=60');
});

it('shows its metrics to this machine only', async () => {
  const { url } = await aDoor();
  expect((await get(url, '/metrics')).text).toContain('process_cpu');
  expect(seen(await get(url, '/metrics', { 'x-forwarded-for': '1.2.3.4' })).name).toBe('pages');
  expect((await get(url, '/healthz')).text).toBe('ok\n');
});

const UPGRADE = 'host: door\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n';

it('carries a live connection both ways and ends both halves together', async () => {
  const { port } = await aDoor();
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(`GET /socket.io/?EIO=4 HTTP/1.1\r\n${UPGRADE}`);
  const [head] = (await once(socket, 'data')) as [string];
  expect(head).toContain('101 Switching Protocols');
  socket.write('hello');
  expect(await once(socket, 'data')).toEqual(['hello']);
  inner[1]?.endUpgraded();
  await once(socket, 'close');
});

it('takes no live connection anywhere else', async () => {
  const { port } = await aDoor();
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(`GET /api/v1/auth/me HTTP/1.1\r\n${UPGRADE}`);
  const [head] = (await once(socket, 'data')) as [string];
  expect(head).toContain('404');
  socket.destroy();
});
