import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryDirectory } from '../lib/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { SupervisedProcess } from './supervised-process.ts';

const SERVICE = `
import { createServer } from 'node:http';
createServer((_request, response) => response.end('ready')).listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGTERM', () => { console.log('closed in order'); process.exit(0); });
process.once('disconnect', () => process.exit(0));
`;

let service: SupervisedProcess | undefined;

afterEach(() => service?.stop());

async function start(source: string, directory = temporaryDirectory()): Promise<SupervisedProcess> {
  const script = join(directory, 'service.mjs');
  writeFileSync(script, source);
  const port = await freePort();
  const spec = { name: 'service', cwd: directory, env: process.env, logFile: join(directory, 'service.log') };
  service = await SupervisedProcess.start({
    ...spec,
    args: [script, String(port)],
    origin: `http://127.0.0.1:${port}`,
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
