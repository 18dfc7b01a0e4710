import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Loads for longer than anybody would wait, and stands by as the services do. */
const SLOW_TO_LOAD = `
await new Promise((resolve) => setTimeout(resolve, 500));
if (process.env.CARECONNECT_STANDBY === '1') await new Promise((resolve) => process.once('message', resolve));
${SERVICE.replace('import { createServer } from', 'const { createServer } = await import(').replace("'node:http';", "'node:http');")}
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
  const running = await start(SLOW_TO_LOAD, temporaryDirectory(), 0);
  const reserve = await vi.waitUntil(() => running.standbyPid, 5_000);
  await sleep(1_000);
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
  const running = await start(SLOW_TO_LOAD, temporaryDirectory(), 0);
  const reserve = await vi.waitUntil(() => running.standbyPid, 5_000);
  const restarted = once(running, 'restarted');
  running.kill('SIGKILL');
  const [{ pid }] = (await restarted) as [{ pid: number }];
  expect(pid).toBe(reserve);
});

test('a reserve that has died is not missed', async () => {
  const running = await start(SLOW_TO_LOAD, temporaryDirectory(), 0);
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
  expect(readFileSync(join(directory, 'service.log'), 'utf8')).toContain('closed in order');
});

test('a process that ends while it starts is a failure with its own words', async () => {
  await expect(start(`throw new TypeError('API_URL: Required');`)).rejects.toThrow(
    'service ended while it started: TypeError: API_URL: Required',
  );
});
