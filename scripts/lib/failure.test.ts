import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Failure, runMain } from './failure.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the terminal shows when a command ends like this. */
async function saidOf(main: () => Promise<number | void>): Promise<string> {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await runMain(main);
  return said.mock.calls.flat().join('\n');
}

test('a failure is a sentence, its mend and where the detail is, and never a stack', async () => {
  const said = await saidOf(() =>
    Promise.reject(new Failure('The build failed.', { mend: 'try again', log: '/tmp/build.log' })),
  );
  expect(said).toBe('\n✗ The build failed.\n  To mend it: try again\n  The detail: /tmp/build.log');
  expect(process.exitCode).toBe(1);
});

test('what the operating system refuses is said in words', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  const said = await saidOf(async () => void mkdirSync(join(file, 'folder')));
  expect(said).toContain('a file is in the way of a folder');
  expect(said).toContain('To mend it:');
  expect(said).not.toContain('ENOTDIR');
});

test('a port that needs more rights says so', async () => {
  const refusal = Object.assign(new Error('listen EACCES'), { code: 'EACCES', port: 80 });
  expect(await saidOf(() => Promise.reject(refusal))).toContain('Port 80 may not be used by this user.');
});

test('what nobody foresaw keeps its own words', async () => {
  expect(await saidOf(() => Promise.reject(new Error('something else')))).toBe('\n✗ something else');
});

test('a command that ends well has the exit code it says, or none', async () => {
  await saidOf(async () => 3);
  expect(process.exitCode).toBe(3);
});
