import { openKeySettings } from '@careconnect/prisma/encryption';
import { openFileStores } from '../../core/file-stores.ts';
import type { TestApi } from '../../testing/test-api.ts';
import { composeKeyCommands } from '../keys.compose.ts';

/** What `npm run keys` does beside a running api, and what it says. */
export async function keyCommandsOf(api: TestApi) {
  const said: string[] = [];
  const commands = await composeKeyCommands({
    database: api.database,
    keys: openKeySettings({ FIELD_ENCRYPTION_KEY: api.shared.fieldEncryptionKey }),
    ...openFileStores({ BLOB_DIR: api.shared.blobDirectory, S3_REGION: '' }),
    now: () => api.clock.now(),
    say: (line) => void said.push(line),
  });
  return { ...commands, said };
}

/** As if the minute, or more, since a key was made were over. */
export async function letKeysAge(api: TestApi, seconds: number): Promise<void> {
  await api.database.pool.query('UPDATE data_key SET active_from = active_from - make_interval(secs => $1)', [
    seconds,
  ]);
  await api.refreshKeys();
  await api.keys.keyRing.refresh();
}
