import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../lib/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { SupervisedProcess } from './supervised-process.ts';

const SERVICE = `
import { createServer } from 'node:http';
createServer((_request, response) => response.end('ready')).listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGTERM', () => { console.log('closed in order'); process.exit(0); });
process.once('disconnect', () => process.exit(0));
`;

const LOADED = 'loaded';
const STANDS_BY = 'stands by';

/** Stands by as the services do; has loaded when the test says so, by a file. */
const RESERVE = `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
if (process.env.CARECONNECT_STANDBY === '1') {
  while (!existsSync('${LOADED}')) await sleep(10);
  console.log('${STANDS_BY}');
  await new Promise((resolve) => process.once('message', resolve));
}
${SERVICE}
`;

let service: SupervisedProcess | undefined;

afterEach(() => service?.stop());

async function start(
  source: string,
  directory = temporaryDirectory(),
  standbyAfterMs?: number,
): Promise<SupervisedProcess> {
  const script = join(directory, 'service.mjs');
  writeFileSync(script, source);
  const port = await freePort();
  const spec = { name: 'service', cwd: directory, env: process.env, logFile: join(directory, 'service.log') };
  service = await SupervisedProcess.start({
    ...spec,
    args: [script, String(port)],
    origin: `http://127.0.0.1:${port}`,
    standbyAfterMs,
  });
  return service;
}

function hasLoaded(directory: string): void {
  writeFileSync(join(directory, LOADED), '');
}

function logOf(directory: string): string {
  return readFileSync(join(directory, 'service.log'), 'utf8');
}

test('starts a killed process again, at once and ready', async () => {
  const running = await start(SERVICE);
  const before = running.pid;
  const restarted = once(running, 'restarted');
  running.kill('SIGKILL');
  const [{ pid, downMs }] = (await restarted) as [{ pid: number; downMs: number }];
  expect(pid).not.toBe(before);
  expect(running.pid).toBe(pid);
  expect(downMs).toBeLessThan(3_000);
});

test('the one in reserve takes the place of a killed process, and another that of the reserve', async () => {
  const directory = temporaryDirectory();
  const running = await start(RESERVE, directory, 0);
  const reserve = await vi.waitUntil(() => running.standbyPid, 5_000);
  hasLoaded(directory);
  await vi.waitUntil(() => logOf(directory).includes(STANDS_BY), 5_000);
  const restarted = once(running, 'restarted');
  running.kill('SIGKILL');
  const [{ pid }] = (await restarted) as [{ pid: number }];
  expect(pid).toBe(reserve);
  const next = await vi.waitUntil(() => running.standbyPid, 5_000);
  expect(next).not.toBe(reserve);
  await running.stop();
  expect([running.pid, running.standbyPid]).toEqual([null, null]);
});

test('a reserve that is called while it still loads starts as soon as it can', async () => {
  const directory = temporaryDirectory();
  const running = await start(RESERVE, directory, 0);
  const reserve = await vi.waitUntil(() => running.standbyPid, 5_000);
  const called = once(running, 'died');
  const restarted = once(running, 'restarted');
  running.kill('SIGKILL');
  await called;
  hasLoaded(directory);
  const [{ pid }] = (await restarted) as [{ pid: number }];
  expect(pid).toBe(reserve);
});

test('a reserve that has died is not missed', async () => {
  const running = await start(RESERVE, temporaryDirectory(), 0);
  process.kill(await vi.waitUntil(() => running.standbyPid, 5_000), 'SIGKILL');
  await vi.waitUntil(() => running.standbyPid === null, 5_000);
  const restarted = once(running, 'restarted');
  running.kill('SIGKILL');
  await restarted;
  expect(running.pid).not.toBeNull();
});

test('lets a process close in order, and does not start it again', async () => {
  const directory = temporaryDirectory();
  const running = await start(SERVICE, directory);
  await running.stop();
  expect(running.pid).toBeNull();
  expect(logOf(directory)).toContain('closed in order');
});

test('a process that ends while it starts is a failure with its own words', async () => {
  await expect(start(`throw new TypeError('API_URL: Required');`)).rejects.toThrow(
    'service ended while it started: TypeError: API_URL: Required',
  );
});
