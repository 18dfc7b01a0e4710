import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../lib/temporary-directory.ts';
import { keepSecrets } from './secrets.ts';

test('makes five secrets of 32 bytes once, for the owner alone', () => {
  const file = join(temporaryDirectory(), 'secrets.json');
  const secrets = keepSecrets(file);
  for (const secret of Object.values(secrets)) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(new Set(Object.values(secrets)).size).toBe(5);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(keepSecrets(file)).toEqual(secrets);
});

test('adds what a newer version needs and keeps what data was encrypted with', () => {
  const file = join(temporaryDirectory(), 'secrets.json');
  writeFileSync(file, JSON.stringify({ FIELD_ENCRYPTION_KEY: 'kept' }));
  expect(keepSecrets(file).FIELD_ENCRYPTION_KEY).toBe('kept');
  expect(readFileSync(file, 'utf8')).toContain('SERVICE_SECRET');
});
