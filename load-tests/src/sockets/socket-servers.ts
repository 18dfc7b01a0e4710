import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { internalSignalingEndpoints } from '@careconnect/contracts/internal';
import { LOGS, ROOT } from '../../../scripts/lib/places.mjs';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { SupervisedProcess } from '../../../scripts/stack/supervised-process.ts';
import { forkServer } from '../core/forked-server.ts';
import { signJwt } from '../core/jwt.ts';
import { startStubApi } from './stub-api.ts';

const TOKEN_LIFETIME_SECONDS = 600;

/** A server that tells waiting patients their place. */
export interface SocketServer {
  readonly name: 'careconnect' | 'socket.io';
  readonly pid: number;
  readonly origin: string;
  /** What tickets are signed with; null where nobody is asked for one. */
  readonly ticketSecret: string | null;
  /** Tells each of these visits where its patient stands. */
  tell(visitIds: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Our `signaling` as it runs in production; nobody here has a camera. */
export async function startOurSignaling(): Promise<SocketServer> {
  const api = await startStubApi();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const serviceSecret = randomBytes(32).toString('base64url');
  const ticketSecret = randomBytes(32).toString('base64url');
  const signaling = await SupervisedProcess.start({
    name: 'signaling',
    args: [join('signaling', 'src', 'main.ts')],
    cwd: ROOT,
    origin,
    logFile: join(LOGS, 'bench-signaling.log'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      SERVICE_SECRET: serviceSecret,
      JOIN_TICKET_SECRET: ticketSecret,
      SIGNALING_PORT: String(port),
      API_URL: api.origin,
      SFU_URLS: `http://127.0.0.1:${await freePort()}`,
      PUBLIC_ORIGIN: origin,
    },
  });
  const token = signJwt(
    { sub: 'api', aud: 'careconnect:service:signaling' },
    serviceSecret,
    TOKEN_LIFETIME_SECONDS,
  );
  const { path } = internalSignalingEndpoints.push;
  return {
    name: 'careconnect',
    pid: signaling.pid ?? 0,
    origin,
    ticketSecret,
    tell: (visitIds) =>
      post(`${origin}${path}`, { pushes: [aQueue(visitIds)] }, { authorization: `Bearer ${token}` }),
    async stop() {
      await signaling.stop();
      api.stop();
    },
  };
}

/** See `baselines/bare-socket-io`. */
export async function startBareSocketIo(): Promise<SocketServer> {
  const server = await forkServer('bare-socket-io/server.ts');
  const { pid, origin } = server;
  return {
    name: 'socket.io',
    pid,
    origin,
    ticketSecret: null,
    tell: (visitIds) => post(origin, aQueue(visitIds), {}),
    stop: () => server.stop(),
  };
}

function aQueue(visitIds: readonly string[]): object {
  const place = { isDoctorBusy: true, estimateMinutes: { from: 5, to: 10 } };
  return {
    type: 'queue.changed',
    organizationId: randomUUID(),
    practitionerId: randomUUID(),
    entries: [],
    positions: visitIds.map((visitId, index) => ({ visitId, position: index + 1, ...place })),
  };
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The server did not take the news: ${await response.text()}`);
}

/** Memory of a process that is its own, in bytes. Linux only. */
export function residentBytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
