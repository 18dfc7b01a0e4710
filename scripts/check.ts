import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CHECK_NAMES, CHECKS } from './lib/checks.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { ROOT } from './lib/places.mjs';
import { duration } from './lib/progress.mjs';

type Check = (typeof CHECKS)[number];

await runMain(async () => ((await main()) ? 0 : 1));

async function main(): Promise<boolean> {
  const values = readOptions();
  if (values.help) return tell(`npm run check [-- --only NAME]\n\nNames: ${CHECK_NAMES}`, true);
  const queue = CHECKS.filter(({ name }) => values.only === undefined || name === values.only);
  if (queue.length === 0)
    return tell(`There is no check "${values.only}". Choose from ${CHECK_NAMES}.`, false);
  // Pages import what is made of their messages and routes; several checks read it at once.
  const generated = await npm(['run', '--silent', '-w', 'web', 'generate']);
  if (generated.code !== 0) return tell(generated.output, false);
  const lanes = Math.min(availableParallelism(), queue.length);
  const passed = await Promise.all(Array.from({ length: lanes }, () => work(queue)));
  return passed.every(Boolean);
}

function readOptions() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(message, { mend: 'see "npm run check -- --help"', cause });
  }
}

function tell(message: string, isFine: boolean): boolean {
  console.log(message);
  return isFine;
}

/** Takes checks until none is left; answers whether all it took have passed. */
async function work(queue: Check[]): Promise<boolean> {
  let allPassed = true;
  for (let check = queue.shift(); check; check = queue.shift()) {
    const startedAt = performance.now();
    const { code, output } = await npm(check.npm);
    console.log(`${code === 0 ? '✓' : '✗'} ${check.name} ${duration(performance.now() - startedAt)}`);
    if (code === 0) {
      // What a check could not look at must not look like fine.
      for (const line of output.split('\n')) if (line.startsWith('NOT CHECKED')) console.log(`  ${line}`);
      continue;
    }
    allPassed = false;
    console.log(`\n${output.trim()}\n`);
  }
  return allPassed;
}

function npm(args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
