import { randomBytes, randomUUID } from 'node:crypto';
import { UNREADABLE_TEXT } from '@careconnect/contracts';
import { createMetrics } from '@careconnect/platform';
import { createFieldCipher } from '@careconnect/prisma';
import { expect, test } from 'vitest';
import { cipherKeys } from '../../../../prisma/src/testing/cipher-keys.ts';
import { createTolerantCipher } from '../../core/field-cipher.ts';
import { createRememberingCipher } from './remembering-cipher.ts';

const [ours, theirs] = [aRow(), aRow()];

function aRow() {
  return { id: randomUUID(), organizationId: randomUUID() };
}

async function aCipher() {
  const cipher = createFieldCipher(await cipherKeys([randomBytes(32)]));
  return createTolerantCipher({ cipher, log: { error: () => undefined }, metrics: createMetrics('test') });
}

test('answers as the cipher does, also for what it has forgotten', async () => {
  const cipher = await aCipher();
  const remembering = createRememberingCipher(cipher, 2);
  const texts = ['one', 'two', 'three', 'one'];
  const stored = texts.map((text) => cipher.encrypt('visit.reason', ours, text));
  for (let round = 0; round < 3; round += 1) {
    expect(stored.map((value) => remembering.decrypt('visit.reason', ours, value))).toEqual(texts);
  }
  expect(remembering.decrypt('visit.reason', ours, null)).toBeNull();
});

test('a remembered value does not open for another tenant, row or column', async () => {
  const cipher = await aCipher();
  const remembering = createRememberingCipher(cipher, 10);
  const stored = cipher.encrypt('visit.reason', ours, 'A cough');
  remembering.decrypt('visit.reason', ours, stored);
  expect(remembering.decrypt('visit.reason', theirs, stored)).toBe(UNREADABLE_TEXT);
  const sibling = { ...ours, id: randomUUID() };
  expect(remembering.decrypt('visit.reason', sibling, stored)).toBe(UNREADABLE_TEXT);
  expect(remembering.decrypt('appointment.reason', ours, stored)).toBe(UNREADABLE_TEXT);
});
