import { randomBytes, randomUUID } from 'node:crypto';
import { UNREADABLE_TEXT } from '@careconnect/contracts';
import { createMetrics } from '@careconnect/platform';
import { createFieldCipher } from '@careconnect/prisma';
import { cipherKeys } from '../../../prisma/src/testing/cipher-keys.ts';
import { expect, test } from 'vitest';
import { createTolerantCipher } from './field-cipher.ts';

test('a value that does not open is told to the reader, counted, and logged by the ids of its row', async () => {
  const logged: unknown[][] = [];
  const metrics = createMetrics('test');
  const strict = createFieldCipher(await cipherKeys([randomBytes(32)]));
  const log = { error: (...line: unknown[]) => void logged.push(line) };
  const cipher = createTolerantCipher({ cipher: strict, log, metrics });
  const row = { id: randomUUID(), organizationId: randomUUID() };
  const stored = cipher.encrypt('visit.reason', row, 'A cough');
  expect(cipher.decrypt('visit.reason', row, stored)).toBe('A cough');
  expect(cipher.decrypt('visit.reason', row, null)).toBeNull();
  expect(logged).toEqual([]);

  for (const damaged of [`${stored.slice(0, -1)}!`, stored.slice(0, 20), 'A cough', '']) {
    expect(cipher.decrypt('visit.reason', row, damaged)).toBe(UNREADABLE_TEXT);
  }
  const [fields, message] = logged[0] ?? [];
  expect(fields).toMatchObject({ ...row, field: 'visit.reason' });
  expect(message).toBe('an encrypted value cannot be read');
  expect(String((fields as { err: Error }).err)).not.toContain('A cough');
  expect(await metrics.metrics()).toMatch(
    /^careconnect_api_unreadable_fields_total\{field="visit.reason".*\} 4$/m,
  );
});
