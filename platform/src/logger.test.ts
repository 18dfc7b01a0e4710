import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const LOGGING = `
  import { createLogger } from ${JSON.stringify(join(import.meta.dirname, 'logger.ts'))};
  const log = createLogger({ name: 'test', level: 'info' });
`;

/** Runs a program as a process of its own and answers with what it printed. */
async function run(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return stdout;
}

test('writes one line of JSON for each entry, without secrets', async () => {
  const line = await run(
    `${LOGGING} log.info({ visitId: 'v1', body: { password: 'hunter2' } }, 'signed in');`,
  );
  expect(JSON.parse(line)).toMatchObject({
    name: 'test',
    level: 'info',
    msg: 'signed in',
    visitId: 'v1',
    body: { password: '[redacted]' },
  });
});

test('a process ends although whoever read its log is gone with lines unread', async () => {
  const supervised = `${LOGGING}
    process.on('disconnect', () => process.exit(0));
    setInterval(() => log.info('x'.repeat(5_000)), 1);
    process.send('writing');
  `;
  const pid = Number(
    await run(`
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(supervised)}], {
        stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      });
      child.stdout.pause();
      console.log(child.pid);
      // With more waiting than a pipe holds; then as if it were killed, without a goodbye.
      child.on('message', () => setTimeout(() => process.reallyExit(0), 500));
    `),
  );
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
