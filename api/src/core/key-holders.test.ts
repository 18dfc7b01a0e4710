import { expect, test } from 'vitest';
import { readKeyHolders } from './key-holders.ts';

test.each([
  [{ FIELD_ENCRYPTION_KEY: 'short' }, '32 bytes'],
  [{}, 'FIELD_ENCRYPTION_KEY must be set'],
  [{ FIELD_ENCRYPTION_KEY_FILE: '/nowhere' }, 'FIELD_ENCRYPTION_KEY_FILE names a file that cannot be read'],
  [{ KEY_MANAGEMENT: 'vault', VAULT_TOKEN: 't' }, 'VAULT_ADDR'],
  [{ KEY_MANAGEMENT: 'vault', VAULT_ADDR: 'http://127.0.0.1:1' }, 'VAULT_TOKEN'],
])('settings that name no key, %j, are said in a sentence', (settings, message) => {
  expect(() => readKeyHolders(settings)).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: expect.stringContaining(message) as unknown }),
  );
});
