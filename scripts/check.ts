import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** One checker that `npm run check` runs. The slow ones stand first, so that two cores end together. */
interface Checker {
  readonly name: string;
  readonly command: readonly string[];
}

const CHECKERS: readonly Checker[] = [
  { name: 'lint', command: ['eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.'] },
  { name: 'svelte-check', command: ['npm', 'run', '--silent', '-w', 'web', 'check'] },
  { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'pure tests', command: ['vitest', 'run', '--project', 'pure'] },
  { name: 'import rules', command: ['npm', 'run', '--silent', 'depcruise'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
];

const CORES = 2;

interface Outcome {
  readonly checker: Checker;
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(checker: Checker): Promise<Outcome> {
  const startedAt = performance.now();
  const [command = '', ...args] = checker.command;
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: withLocalBinaries() });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const finish = (passed: boolean, more = '') =>
      resolve({
        checker,
        passed,
        seconds: (performance.now() - startedAt) / 1000,
        output: Buffer.concat(chunks).toString('utf8') + more,
      });
    child.on('error', (error) => finish(false, error.message));
    child.on('close', (code) => finish(code === 0));
  });
}

function withLocalBinaries(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `node_modules/.bin:${process.env['PATH'] ?? ''}`, FORCE_COLOR: '0' };
}

function report({ checker, passed, seconds, output }: Outcome): void {
  console.log(`${passed ? '✓' : '✗'} ${checker.name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s`);
  if (!passed) console.log(output.trimEnd().replace(/^/gm, '    '));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(`npm run check [-- --only NAME]\n\nNames: ${CHECKERS.map(({ name }) => name).join(', ')}`);
    return;
  }
  const waiting = CHECKERS.filter(({ name }) => values.only === undefined || name === values.only);
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let checker = waiting.shift(); checker; checker = waiting.shift()) {
      const outcome = await run(checker);
      outcomes.push(outcome);
      report(outcome);
    }
  };
  await Promise.all(Array.from({ length: CORES }, lane));
  const failed = outcomes.filter(({ passed }) => !passed);
  if (outcomes.length === 0 || failed.length > 0) process.exitCode = 1;
}

await main();
