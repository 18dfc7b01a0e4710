import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ROOT } from './lib/places.mjs';
import { duration } from './lib/progress.mjs';

/** Cheapest news first where they queue; each is also an npm script of its own. */
const CHECKS: readonly { name: string; npm: readonly string[] }[] = [
  { name: 'types', npm: ['run', '--silent', 'typecheck'] },
  { name: 'pure tests', npm: ['run', '--silent', 'test:pure'] },
  { name: 'lint', npm: ['run', '--silent', 'lint'] },
  { name: 'components', npm: ['run', '--silent', '-w', 'web', 'check'] },
  { name: 'module boundaries', npm: ['run', '--silent', 'depcruise'] },
  { name: 'unused code', npm: ['run', '--silent', 'knip'] },
];

const queue = [...CHECKS];
let hasFailed = false;
await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, work));
process.exitCode = hasFailed ? 1 : 0;

async function work(): Promise<void> {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const startedAt = performance.now();
    const { code, output } = await npm(check.npm);
    console.log(`${code === 0 ? '✓' : '✗'} ${check.name} ${duration(performance.now() - startedAt)}`);
    if (code === 0) continue;
    hasFailed = true;
    console.log(`\n${output.trim()}\n`);
  }
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
