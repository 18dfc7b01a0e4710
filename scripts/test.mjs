import { alone } from './lib/alone.mjs';
import { CHECK_NAMES } from './lib/checks.mjs';
import { provideChromium } from './lib/chromium.mjs';
import { provideCoturn } from './lib/coturn.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { ensurePrismaClient } from './lib/prisma-client.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { runStages } from './lib/stages.mjs';
import { selectStages, STAGES } from './lib/test-selection.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';
import { provideRedis } from './lib/redis.mjs';
import { provideWorker } from './lib/worker.mjs';

const HELP = `npm test -- [--only ${STAGES.join(',')}] [-- file patterns]

  check     what needs nothing that runs; one of it: npm run check -- --only NAME
            (${CHECK_NAMES})
  int       every part on a real PostgreSQL and real media workers
  browser   whole journeys in a real browser against the whole stack

Patterns after "--" go to the int and browser stages, e.g.: npm test -- --only int -- visits

Environment
  CHROMIUM_PATH          the browser to test with
  TURNSERVER_BIN         the coturn to test with
  REDIS_SERVER_BIN       the Redis to test with
  TEST_DATABASE_URL      a PostgreSQL for the int stage instead of a throwaway one
  MEDIASOUP_WORKER_BIN   the media worker to use`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
  const { stages, patterns } = selectStages(args);
  await continueOnRightNode();
  await alone(async () => {
    await ensureDependencies();
    await ensurePrismaClient();
    if (stages.includes('int') || stages.includes('browser')) await provideWorker();
    if (stages.includes('browser')) await provideChromium();
    if (stages.includes('browser')) await provideIfPossible(provideCoturn, 'visits through a relay');
    if (stages.includes('int')) await provideIfPossible(provideRedis, 'several nodes');
    if (stages.includes('browser')) await ensureWebBuild();
  });
  return runStages(stages, patterns);
});

/**
 * What cannot be tested without it is skipped and says so; the rest can.
 * @param {() => Promise<unknown>} provide
 * @param {string} what
 */
async function provideIfPossible(provide, what) {
  try {
    await provide();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`○ ${error.message}; ${what} are not tested. To mend it: ${error.mend ?? ''}`);
  }
}
