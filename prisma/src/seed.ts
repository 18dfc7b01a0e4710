import { createOwnersDatabase } from './client.ts';
import { createFieldCipher } from './field-cipher.ts';
import { seedDemo } from './seed-demo.ts';

const USAGE = `node prisma/src/seed.ts demo
  fills the database with the demo clinic; leaves one that has it alone
  (DATABASE_URL names the database, FIELD_ENCRYPTION_KEY is the key that api has)`;

async function main(what: string | undefined, env: NodeJS.ProcessEnv): Promise<number> {
  const { DATABASE_URL: url, FIELD_ENCRYPTION_KEY: keys } = env;
  if (what !== 'demo' || !url || !keys) {
    console.log(USAGE);
    return 1;
  }
  const database = createOwnersDatabase({ url, poolSize: 1 });
  try {
    const isNew = await seedDemo({ database, cipher: createFieldCipher(keys), now: new Date() });
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
