import { spawn } from 'node:child_process';
import { alone } from './lib/alone.mjs';
import { provideChromium } from './lib/chromium.mjs';
import { dependenciesAreCurrent, ensureDependencies } from './lib/dependencies.mjs';
import { runMain } from './lib/failure.mjs';
import { ensurePrismaClient, prismaSubject } from './lib/prisma-client.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { isCurrent } from './lib/stamp.mjs';
import { readToolchain } from './lib/toolchain.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';
import { provideWorker } from './lib/worker.mjs';

/**
 * node scripts/run.mjs [--stack] <script.ts> [arguments]: runs a TypeScript file on the right Node, prepared;
 * with `--stack` also for one that starts the whole platform and a browser.
 */
await runMain(async () => {
  const given = process.argv.slice(2);
  const needsStack = given[0] === '--stack';
  const [script, ...args] = needsStack ? given.slice(1) : given;
  if (script === undefined) throw new Error('Which script? node scripts/run.mjs <script.ts> [arguments]');
  await continueOnRightNode();
  const isQuestion = args.includes('--help');
  const canAnswer = isQuestion && dependenciesAreCurrent() && isCurrent(prismaSubject());
  if (!canAnswer) await alone(prepare);

  async function prepare() {
    await ensureDependencies();
    await ensurePrismaClient();
    // Asking what there is to run needs nothing more.
    if (!needsStack || isQuestion) return;
    await provideWorker();
    await provideChromium();
    await ensureWebBuild();
  }
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
