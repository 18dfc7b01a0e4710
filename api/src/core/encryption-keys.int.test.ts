import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import {
  createOwnersDatabase,
  createInstallationKeys,
  createOperatorCipher,
  type Database,
} from '@careconnect/prisma';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../../../scripts/stack/test-database.ts';
import { makeOrganization } from '../testing/a-clinic.ts';
import { startTestApi } from '../testing/test-api.ts';
import { createEncryptionKeys } from './encryption-keys.ts';
import { readKeyHolders } from './key-holders.ts';

let url: string;
let database: Database;
beforeEach(async () => {
  url = await createTestDatabase(inject('postgresUrl'));
  database = createOwnersDatabase({ url, poolSize: 4 });
});
afterEach(async () => {
  await database.close();
  await dropTestDatabase(url);
});

const [ONE, OTHER] = [0, 1].map(() => randomBytes(32).toString('base64url')) as [string, string];

const keysOf = (keys: string, of = database) =>
  createInstallationKeys({
    ...readKeyHolders({ FIELD_ENCRYPTION_KEY: keys }),
    database: of,
    now: () => new Date(),
  });

async function start(keys: string): Promise<string> {
  const error: unknown = await createEncryptionKeys(keysOf(keys))
    .verify()
    .catch((reason: unknown) => reason);
  return error instanceof Error ? `${error.name}: ${error.message}` : 'started';
}
const REFUSED: unknown = expect.stringMatching(
  /^ConfigError: FIELD_ENCRYPTION_KEY is not the key that this database was written with/,
);
const LACKING: unknown = expect.stringMatching(
  /^ConfigError: The keys of this database are wrapped with local:1/,
);

test('the key of the first start is the only one for its version, and no key is stored', async () => {
  expect(await start(ONE)).toBe('started');
  expect(await start(ONE)).toBe('started');
  expect(await start(OTHER)).toEqual(REFUSED);
  const stored = [await database.prisma.encryptionKey.findMany(), await database.prisma.dataKey.findMany()];
  expect(JSON.stringify(stored)).not.toContain(ONE);
});

test('a key is replaced under a new version: the old one may go once the data keys are wrapped anew', async () => {
  expect(await start(ONE)).toBe('started');
  expect(await start(`2:${OTHER}`)).toEqual(LACKING);
  expect(await start(`2:${OTHER},1:${ONE}`)).toBe('started');
  expect(await keysOf(`2:${OTHER},1:${ONE}`).dataKeys.rewrap(), 'of data and of indexes').toBe(2);
  expect(await keysOf(`2:${OTHER},1:${ONE}`).dataKeys.rewrap(), 'nothing is left').toBe(0);
  expect(await start(`2:${OTHER}`)).toBe('started');
  expect(await start(`2:${OTHER},1:${OTHER}`)).toEqual(REFUSED);
  expect(await start(`2:${ONE},1:${ONE}`)).toEqual(REFUSED);
});

test('a data key that was changed in the database, or put in the place of another, does not unwrap', async () => {
  const keys = keysOf(ONE);
  await keys.open();
  await keys.dataKeys.rotate();
  await database.pool.query(`
    UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE purpose = 'data' AND version = 1) WHERE version = 2`);
  expect(await start(ONE)).toEqual(REFUSED);
});

test('of two nodes that start at once with different keys one is refused', async () => {
  const answers = await Promise.all([ONE, OTHER].map(start));
  expect(answers.toSorted()).toEqual([REFUSED, 'started']);
});

test('a database from before keys were remembered takes the key of its texts, and no other', async () => {
  const { organizationId, practitionerId, patientId } = await makeOrganization(database);
  const operatorKey = [1, createSecretKey(Buffer.from(ONE, 'base64url'))] as const;
  const reason = createOperatorCipher([operatorKey]).encrypt('visit.reason', organizationId, 'A cough');
  await database.prisma.visit.create({
    data: {
      organizationId,
      practitionerId,
      patientId,
      reason,
      state: 'scheduled',
      origin: 'walk_in',
      id: randomUUID(),
    },
  });
  expect(await start(OTHER)).toEqual(REFUSED);
  expect(await database.prisma.dataKey.count(), 'the wrong key has wrapped nothing').toBe(0);
  expect(await start(ONE)).toBe('started');
});

test('nothing is asked of a database that was away at the start and has another key', async () => {
  const api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  try {
    const { prisma } = api.database;
    const ask = async () => (await api.client().send('GET', '/api/v1/organizations/nobody')).status;
    await Promise.all([prisma.encryptionKey.deleteMany(), prisma.dataKey.deleteMany()]);
    await keysOf(OTHER, api.database).open();
    expect(await ask()).toBe(500);
    await Promise.all([prisma.encryptionKey.deleteMany(), prisma.dataKey.deleteMany()]);
    expect(await ask()).toBe(404);
  } finally {
    await api.close();
  }
});
