import { spawn } from 'node:child_process';
import { alone } from './lib/alone.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain } from './lib/failure.mjs';
import { ensurePrismaClient } from './lib/prisma-client.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { readToolchain } from './lib/toolchain.mjs';

/** node scripts/run.mjs <script.ts> [arguments]: runs a TypeScript file on the right Node, prepared. */
await runMain(async () => {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) throw new Error('Which script? node scripts/run.mjs <script.ts> [arguments]');
  await continueOnRightNode();
  await alone(async () => {
    await ensureDependencies();
    await ensurePrismaClient();
  });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...readToolchain() },
    });
    process.on('SIGINT', () => {});
    process.once('SIGTERM', () => child.kill('SIGTERM'));
    child.once('close', (code) => resolve(code ?? 1));
  });
});
