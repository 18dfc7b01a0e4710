import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

/** As ninja: a child in a group of its own, which only it can end, and only when it is asked to. */
const BUILDER = `
  const { spawn } = require('node:child_process');
  const compiler = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  process.on('SIGTERM', () => {
    compiler.once('exit', () => process.exit(1));
    compiler.kill();
  });
  console.log(compiler.pid);
  setInterval(() => {}, 1_000);`;

test('an interrupted command is asked to end what it has started', async () => {
  const command = JSON.stringify(new URL('command.mjs', import.meta.url).href);
  const source = `
    const { run } = await import(${command});
    await run(process.execPath, ['-e', process.argv[1]], { log: 'command-test', onLine: console.log });`;
  const ours = spawn(process.execPath, ['--input-type=module', '-e', source, BUILDER]);
  const exit = once(ours, 'exit');
  const lines = createInterface({ input: ours.stdout })[Symbol.asyncIterator]();
  const compiler = Number((await lines.next()).value);
  expect(() => process.kill(compiler, 0)).not.toThrow();
  ours.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(() => process.kill(compiler, 0)).toThrow('ESRCH');
  const said: string[] = [];
  for await (const line of lines) said.push(line);
  expect(said).toContain('Stopped; the next start goes on from here.');
});
