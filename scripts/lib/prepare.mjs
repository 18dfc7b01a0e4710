import { alone } from './alone.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensurePrismaClient } from './prisma-client.mjs';
import { ensureWebBuild } from './web-build.mjs';
import { provideWorker } from './worker.mjs';

/** Everything that the processes need to be started from this folder. In seconds when all is there. */
export function prepareToRun() {
  return alone(async () => {
    await ensureDependencies();
    // With it, questions about commands are answered while the rest is being prepared.
    await ensurePrismaClient();
    await ensureWebBuild();
    // Last, because it is what may take long, or fail.
    await provideWorker();
  });
}
