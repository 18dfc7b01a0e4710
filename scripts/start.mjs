import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain } from './lib/failure.mjs';
import { ensurePrismaClient } from './lib/prisma-client.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';
import { provideWorker } from './lib/worker.mjs';
import { alone } from './lib/alone.mjs';

const HELP = `npm start -- [options]      everything on this machine, on one port

  --port N     the front door's port (default 8080, or the next free one)
  --lan        HTTPS on all addresses, for phones and other devices in this network
  --demo       fill the database with the demo clinic even when it is your own
  --no-demo    start with an empty database

Environment
  DATABASE_URL           use this PostgreSQL instead of the embedded one
  PUBLIC_ORIGIN          the address people type, when a proxy stands in front
  MEDIASOUP_WORKER_BIN   the media worker to use
  RTC_ANNOUNCED_ADDRESS  the address that browsers send media to
  CARECONNECT_CACHE      where Node and the media worker are kept (default ~/.cache/careconnect)
  LOG_LEVEL              trace, debug, info, warn, error`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
  await continueOnRightNode();
  await alone(async () => {
    await ensureDependencies();
    await provideWorker();
    await ensurePrismaClient();
    await ensureWebBuild();
  });
  const { parseStartArguments } = await import('./stack/arguments.ts');
  const { runStack } = await import('./stack/main.ts');
  return runStack(parseStartArguments(args));
});
