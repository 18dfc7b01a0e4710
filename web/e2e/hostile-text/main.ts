import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/stack.ts';
import { attackPages } from './attack-pages.ts';

/** A part of `npm run test:attacks`: tells which text became markup in which page, and the sum as one line of JSON. */
async function main(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'careconnect-hostile-'));
  const stack = await startStack({ dataDir, seed: 'demo', quiet: true, durability: 'none' });
  try {
    const { planted, shown, leaked } = await attackPages(stack.origin);
    for (const what of leaked) print(what);
    const ok = leaked.length === 0;
    print(
      JSON.stringify({ name: 'attacks on pages', tried: planted, shown, leaked: leaked.length, goal: 0, ok }),
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
