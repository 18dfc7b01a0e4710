import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { logFile, LOGS, ROOT } from '../lib/places.mjs';
import type { StartArguments } from './arguments.ts';
import { demoWarning } from './demo-warning.ts';
import { startStack, type Stack } from './stack.ts';

const SAME_SIGNAL_MS = 1_000;

type DemoAccount = { role: string; email: string; password: string; name: string };

/** Behind `npm start`: everything up, one URL, until a signal. Resolves with the exit code. */
export async function runStack({ port, lan, demo }: StartArguments): Promise<number> {
  const databaseUrl = process.env['DATABASE_URL'];
  const seed = demo ?? (databaseUrl ? 'none' : 'demo');
  let isStopping = false;
  const signal = nextSignal().then(() => {
    isStopping = true;
    console.log('\nStopping …');
  });
  const stack = await startStack({
    lan,
    seed,
    ...(port === undefined ? {} : { port }),
    ...(databaseUrl ? { databaseUrl } : {}),
  }).catch((error: unknown) => {
    // What a signal ends on its way up has not failed.
    if (isStopping) return null;
    throw error;
  });
  if (stack && !isStopping) {
    reportDeaths(stack);
    const accounts = await demoAccounts();
    greet(stack, lan, seed === 'demo' ? accounts : []);
    if (lan || seed === 'none') await warnOfDemo(stack, accounts);
  }
  await signal;
  await stack?.stop();
  console.log('Stopped.');
  return 0;
}

/** A second signal while we stop means: now. One that follows at once is the same one, sent to a whole group. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        firstAt ??= performance.now();
        if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(130);
        resolve();
      });
    }
  });
}

function reportDeaths(stack: Stack): void {
  stack.on('died', ({ name }) => console.log(`! ${name} ended; starting it again (${logFile(name)})`));
  stack.on('restarted', ({ name, downMs }) =>
    console.log(`✓ ${name} is back after ${(downMs / 1000).toFixed(1)} s`),
  );
  stack.on('restartFailed', ({ name, error }) =>
    console.log(
      `! ${name} did not come back, trying again: ${error instanceof Error ? error.message : String(error)}`,
    ),
  );
}

function greet({ origin }: Stack, lan: boolean, accounts: readonly DemoAccount[]): void {
  console.log(`\n  CareConnect is ready:  ${origin}\n`);
  if (lan) {
    console.log('  The browser will warn once: the certificate is this machine’s own. Accept it to go on.\n');
  }
  if (accounts.length > 0) {
    const width = Math.max(...accounts.map(({ role }) => role.length));
    const emailWidth = Math.max(...accounts.map(({ email }) => email.length));
    console.log('  Sign in as');
    for (const { role, email, password, name } of accounts) {
      console.log(`    ${role.padEnd(width)}  ${email.padEnd(emailWidth)}  ${password}  (${name})`);
    }
    console.log('');
  }
  console.log(`  Logs: ${LOGS}\n  Ctrl-C stops everything.\n`);
}

/** A database that does not answer is told of elsewhere; it stops no stack that is up. */
async function warnOfDemo({ databaseUrl }: Stack, accounts: readonly DemoAccount[]): Promise<void> {
  const warning = await demoWarning(databaseUrl, accounts).catch(() => null);
  if (warning) console.log(`  ! ${warning}\n`);
}

async function demoAccounts(): Promise<readonly DemoAccount[]> {
  const file = join(ROOT, 'prisma', 'src', 'demo-accounts.ts');
  if (!existsSync(file)) return [];
  const { DEMO_ACCOUNTS } = (await import(pathToFileURL(file).href)) as {
    DEMO_ACCOUNTS: readonly DemoAccount[];
  };
  return DEMO_ACCOUNTS;
}
