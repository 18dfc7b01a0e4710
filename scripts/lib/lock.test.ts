import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

function lockPath(): string {
  return join(temporaryDirectory(), 'lock');
}

test('lets one in at a time', async () => {
  const path = lockPath();
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} in`);
    await sleep(20);
    events.push(`${name} out`);
  };
  await Promise.all([withLock(path, work('a')), withLock(path, work('b'))]);
  expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
});

test('a lock of a process that is gone does not count', async () => {
  const path = lockPath();
  const NEVER_A_PID = 2 ** 30;
  writeFileSync(path, String(NEVER_A_PID));
  expect(await withLock(path, async () => 'done')).toBe('done');
});
