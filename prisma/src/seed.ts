import { createOwnersDatabase } from './client.ts';
import { createInstallationKeys } from './keys/installation-keys.ts';
import { openKeySettings } from './keys/key-settings.ts';
import { seedDemo } from './seed-demo.ts';

const USAGE = `node prisma/src/seed.ts demo
  fills the database with the demo clinic; leaves one that has it alone
  (DATABASE_URL names the database; FIELD_ENCRYPTION_KEY, or what holds the keys instead, is as api has it)`;

async function main(what: string | undefined, env: NodeJS.ProcessEnv): Promise<number> {
  const { DATABASE_URL: url } = env;
  if (what !== 'demo' || !url) {
    console.log(USAGE);
    return 1;
  }
  const holders = openKeySettings(env);
  const database = createOwnersDatabase({ url, poolSize: 1 });
  try {
    const now = new Date();
    const keys = createInstallationKeys({ ...holders, database, now: () => now });
    await keys.open();
    const isNew = await seedDemo({ database, keys, now });
    console.log(isNew ? 'The demo clinic is ready.' : 'The demo clinic was there already.');
    return 0;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main(process.argv[2], process.env);
} catch (error) {
  console.error(
    `The demo clinic could not be made: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}
