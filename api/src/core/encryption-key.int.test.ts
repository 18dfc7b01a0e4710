import { randomBytes, randomUUID } from 'node:crypto';
import { createFieldCipher } from '@careconnect/prisma';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization } from '../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createEncryptionKeys } from './encryption-key.repository.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterEach(() => api.close());

const [ONE, OTHER] = [0, 1].map(() => randomBytes(32).toString('base64url')) as [string, string];

async function start(keys: string): Promise<string> {
  const error: unknown = await createEncryptionKeys(api.database, keys)
    .verify()
    .catch((reason: unknown) => reason);
  return error instanceof Error ? `${error.name}: ${error.message}` : 'started';
}
const REFUSED: unknown = expect.stringMatching(
  /^ConfigError: FIELD_ENCRYPTION_KEY is not the key that this database was written with/,
);

test('the key of the first start is the only one for its version, and is stored nowhere', async () => {
  expect(await start(ONE)).toBe('started');
  expect(await start(ONE)).toBe('started');
  expect(await start(OTHER)).toEqual(REFUSED);
  expect(JSON.stringify(await api.database.prisma.encryptionKey.findMany())).not.toContain(ONE);
});

test('a key is replaced under a new version, while the old one goes on to open what it has written', async () => {
  expect(await start(ONE)).toBe('started');
  expect(await start(`2:${OTHER},1:${ONE}`)).toBe('started');
  expect(await start(`2:${OTHER}`)).toBe('started');
  expect(await start(`2:${OTHER},1:${OTHER}`)).toEqual(REFUSED);
  expect(await start(`2:${ONE},1:${ONE}`)).toEqual(REFUSED);
});

test('of two nodes that start at once with different keys one is refused', async () => {
  const answers = await Promise.all([ONE, OTHER].map(start));
  expect(answers.toSorted()).toEqual([REFUSED, 'started']);
});

test('a database from before keys were remembered takes the key of its texts', async () => {
  const { organizationId, practitionerId, patientId } = await makeOrganization(api.database);
  const reason = createFieldCipher(ONE).encrypt('visit.reason', organizationId, 'A cough');
  await api.database.prisma.visit.create({
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
  expect(await start(ONE)).toBe('started');
});

test('nothing is asked of a database that was away at the start and has another key', async () => {
  const ask = async () => (await api.client().send('GET', '/api/v1/organizations/nobody')).status;
  expect(await start(OTHER)).toBe('started');
  expect(await ask()).toBe(500);
  await api.database.prisma.encryptionKey.deleteMany();
  expect(await ask()).toBe(404);
});

test('what is no key is said in a sentence', async () => {
  await expect(async () => createEncryptionKeys(api.database, 'short')).rejects.toThrow(
    expect.objectContaining({ name: 'ConfigError', message: expect.stringContaining('32 bytes') as unknown }),
  );
});
