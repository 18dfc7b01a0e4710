import { expect, test } from 'vitest';
import { requireVersion } from './required-server.ts';

test('an older PostgreSQL is refused in one sentence', () => {
  expect(() => requireVersion(150_018)).toThrow('PostgreSQL 18 is needed; DATABASE_URL names 15.18.');
});

test.each([180_000, 180_004, 190_001])('%i will do', (version) => {
  expect(() => requireVersion(version)).not.toThrow();
});
