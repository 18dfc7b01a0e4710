import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../../../scripts/stack/test-database.ts';
import { createOwnersDatabase } from '../client.ts';
import { createFieldCipher } from '../field-cipher.ts';
import { startFakeVault, type FakeVault } from '../testing/fake-vault.ts';
import { createInstallationKeys } from './installation-keys.ts';
import { openKeySettings, type KeySettings } from './key-settings.ts';

let vault: FakeVault;
beforeAll(async () => {
  vault = await startFakeVault();
});
afterAll(() => vault.close());

const settings = (more: KeySettings = {}): KeySettings => ({
  KEY_MANAGEMENT: 'vault',
  VAULT_ADDR: vault.address,
  VAULT_TOKEN: vault.token,
  VAULT_TRANSIT_KEY: 'clinic',
  ...more,
});

test('Vault wraps and unwraps a key for what it is for, and for nothing else', async () => {
  const { keyManagement } = openKeySettings(settings());
  const key = randomBytes(32);
  const wrapped = await keyManagement.wrap(key, 'data_key:1');
  expect(wrapped.wrappedBy).toBe('vault:clinic:1');
  expect((await keyManagement.unwrap(wrapped, 'data_key:1')).equals(key)).toBe(true);
  await expect(keyManagement.unwrap(wrapped, 'data_key:2')).rejects.toThrow(/authentication failed/);
});

test.each([
  ['another token', { VAULT_TOKEN: 'stolen' }, /refuses to encrypt.*403: permission denied/],
  ['a key that is not there', { VAULT_TRANSIT_KEY: 'other' }, /"other" \(400: encryption key not found/],
  ['nobody there', { VAULT_ADDR: 'http://127.0.0.1:1' }, /does not answer/],
])('%s is said in a sentence', async (_what, wrong, message) => {
  const { keyManagement } = openKeySettings(settings(wrong));
  await expect(keyManagement.wrap(randomBytes(32), 'data_key:1')).rejects.toThrow(message);
});

test('an installation goes over from a key of its own to Vault, and on to a newer key there', async () => {
  const url = await createTestDatabase(inject('postgresUrl'));
  const database = createOwnersDatabase({ url, poolSize: 2 });
  const open = async (given: KeySettings) => {
    const keys = createInstallationKeys({ ...openKeySettings(given), database, now: () => new Date() });
    await keys.open();
    return keys;
  };
  const own = { FIELD_ENCRYPTION_KEY: randomBytes(32).toString('base64url') };
  const row = { organizationId: 'clinic', id: 'row' };
  try {
    const stored = createFieldCipher(await open(own)).encrypt('visit.reason', row, 'A cough');
    expect(await (await open(settings(own))).dataKeys.rewrap(), 'of data and of indexes').toBe(2);
    vault.rotate();
    expect(await (await open(settings())).dataKeys.rewrap()).toBe(2);
    const keys = await open(settings());
    expect(createFieldCipher(keys).decrypt('visit.reason', row, stored)).toBe('A cough');
    expect((await keys.dataKeys.list()).map(({ wrappedBy }) => wrappedBy)).toEqual(['vault:clinic:2']);
    await expect(open(own)).rejects.toThrow(/wrapped with vault:clinic:2, which the settings no longer name/);
  } finally {
    await database.close();
    await dropTestDatabase(url);
  }
});
