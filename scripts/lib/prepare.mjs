import { alone } from './alone.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensurePrismaClient } from './prisma-client.mjs';
import { ensureWebBuild } from './web-build.mjs';
import { provideWorker } from './worker.mjs';

/** Everything that the processes need to be started from this folder. In seconds when all is there. */
export function prepareToRun() {
  return alone(async () => {
    await ensureDependencies();
    await provideWorker();
    await ensurePrismaClient();
    await ensureWebBuild();
  });
}
