import { readDatabaseUrl, requireAnswer } from './lib/database-url.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { prepareToRun } from './lib/prepare.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';

const HELP = `npm start -- [options]      everything on this machine, on one port

  --port N     the front door's port (default 8080, or the next free one)
  --lan        HTTPS on all addresses, for phones and other devices in this network
  --demo       fill the database with the demo clinic even when it is your own
  --no-demo    puts no demo clinic into the database; one that is there stays, with its published passwords

Environment
  DATABASE_URL           use this PostgreSQL instead of the embedded one
  PUBLIC_ORIGIN          the address people type, when a proxy stands in front
  MEDIASOUP_WORKER_BIN   the media worker to use
  RTC_ANNOUNCED_ADDRESS  the address that browsers send media to
  CARECONNECT_CACHE      where Node and the media worker are kept (default ~/.cache/careconnect)
  LOG_LEVEL              trace, debug, info, warn, error

The secrets are kept in .careconnect/secrets.json. Back it up: without its FIELD_ENCRYPTION_KEY, which
encrypts clinical free text, that text is lost for good.`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
  refuseNpmOptions();
  await continueOnRightNode();
  const { parseStartArguments } = await import('./stack/arguments.ts');
  const options = parseStartArguments(args);
  const databaseUrl = readDatabaseUrl();
  if (databaseUrl) await requireAnswer(databaseUrl);
  await prepareToRun();
  const { runStack } = await import('./stack/main.ts');
  return runStack(options);
});

/** Without the two dashes npm takes options for its own, and we would start as if there were none. */
function refuseNpmOptions() {
  const { npm_config_long: long, npm_config_all: all, npm_config_demo: demo } = process.env;
  // It reads "--lan" as its own -l -a -n.
  const isTaken = (long === 'true' && all === 'true') || demo !== undefined;
  if (!isTaken) return;
  throw new Failure('npm has kept an option for itself.', {
    mend: 'put two dashes before the options, as in "npm start -- --lan"',
  });
}
