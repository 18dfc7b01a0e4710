import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

const NEVER_A_PID = 2 ** 30;

function lockPath(): string {
  return join(temporaryDirectory(), 'lock');
}

test('lets one in at a time', async () => {
  const path = lockPath();
  const events: string[] = [];
  const finish = Promise.withResolvers<void>();
  const first = withLock(path, async () => {
    events.push('first in');
    await finish.promise;
    events.push('first out');
  });
  const second = withLock(
    path,
    async () => void events.push('second in'),
    () => finish.resolve(),
  );
  await Promise.all([first, second]);
  expect(events).toEqual(['first in', 'first out', 'second in']);
});

test('names its owner from the first moment, and leaves nothing behind', async () => {
  const path = lockPath();
  await withLock(path, async () => expect(readFileSync(path, 'utf8')).toBe(String(process.pid)));
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('who waits hears how far the owner is, and nothing of one that was killed', async () => {
  const path = lockPath();
  writeFileSync(`${path}.progress`, 'what somebody else was at');
  const heard: string[] = [];
  const [isAwaited, isHeard] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = withLock(path, async (share) => {
    await isAwaited.promise;
    share('[12/261]');
    await isHeard.promise;
  });
  const second = withLock(
    path,
    async () => undefined,
    (_owner, progress) => {
      heard.push(progress);
      isAwaited.resolve();
      if (progress) isHeard.resolve();
    },
  );
  await Promise.all([first, second]);
  expect(heard).toEqual(['', '[12/261]']);
  expect(readdirSync(dirname(path))).toEqual([]);
});

test.each([
  ['of a process that is gone', String(NEVER_A_PID)],
  ['that says nothing', ''],
])('a lock %s does not count', async (_what, content) => {
  const path = lockPath();
  writeFileSync(path, content);
  expect(await withLock(path, async () => 'done')).toBe('done');
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('processes that find the same dead lock follow each other', async () => {
  const path = lockPath();
  writeFileSync(path, String(NEVER_A_PID));
  const lock = JSON.stringify(new URL('lock.mjs', import.meta.url).href);
  // A directory can be made once: whoever works beside another one fails.
  const source = `
    import { mkdirSync, rmdirSync } from 'node:fs';
    const { withLock } = await import(${lock});
    await withLock(process.argv[1], async () => {
      mkdirSync(process.argv[1] + '.busy');
      await new Promise(setImmediate);
      rmdirSync(process.argv[1] + '.busy');
    });`;
  const processes = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', source, path], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0] as number));
  expect(codes).toEqual([0, 0, 0, 0]);
});
