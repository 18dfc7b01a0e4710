import { readConfig } from '@careconnect/platform';
import { createOwnersDatabase } from '@careconnect/prisma';
import { ApiConfig } from '../config.ts';
import { openFileStores } from '../core/file-stores.ts';
import { readKeyHolders } from '../core/key-holders.ts';
import { composeKeyCommands } from './keys.compose.ts';

const USAGE = `npm run keys -- <command>      while everything runs; docs/operations.md, "Keys"
  status          which keys there are, and how many values are encrypted with each
  rotate          make a new data key, which encrypts a minute later
  rewrite         encrypt all that an older key has encrypted with the newest data key, files too
  retire <n>      forget data key n for good; refused while anything needs it
  rewrap          wrap the data keys with the first key of FIELD_ENCRYPTION_KEY, or by Vault`;

const KeysConfig = ApiConfig.pick({
  DATABASE_URL: true,
  BLOB_DIR: true,
  S3_ENDPOINT: true,
  S3_BUCKET: true,
  S3_REGION: true,
  S3_ACCESS_KEY_ID: true,
  S3_SECRET_ACCESS_KEY: true,
  KEY_MANAGEMENT: true,
  FIELD_ENCRYPTION_KEY: true,
  FIELD_ENCRYPTION_KEY_FILE: true,
  VAULT_ADDR: true,
  VAULT_TOKEN: true,
  VAULT_TOKEN_FILE: true,
  VAULT_TRANSIT_KEY: true,
});

const COMMANDS = ['status', 'rotate', 'rewrite', 'retire', 'rewrap'] as const;

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main([name, argument]: readonly string[]): Promise<number> {
  const command = COMMANDS.find((known) => known === name);
  if (!command) {
    tell(USAGE);
    return name === '--help' ? 0 : 1;
  }
  const config = readConfig(KeysConfig);
  const database = createOwnersDatabase({ url: config.DATABASE_URL, poolSize: 2 });
  try {
    const commands = await composeKeyCommands({
      database,
      keys: readKeyHolders(config),
      ...openFileStores(config),
      now: () => new Date(),
      say: tell,
    });
    return (await commands[command](argument)) ? 0 : 1;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
