import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/stack.ts';
import { inspectPages } from './inspect.ts';

/** `npm run test:a11y`: tells what is wrong with which page, and the sum as one line of JSON. */
async function main(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'careconnect-a11y-'));
  const stack = await startStack({ dataDir, seed: 'demo', quiet: true, durability: 'none' });
  try {
    const { cases, findings } = await inspectPages(stack.origin);
    for (const { page, setting, what } of findings) print(`${page} (${setting}): ${what}`);
    const ok = findings.length === 0;
    print(
      JSON.stringify({
        name: 'a11y',
        cases,
        ours: findings.length,
        baseline: null,
        ratio: null,
        goal: 0,
        ok,
      }),
    );
    return ok;
  } finally {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = (await main()) ? 0 : 1;
