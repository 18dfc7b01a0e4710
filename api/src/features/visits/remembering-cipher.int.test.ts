import { randomBytes, randomUUID } from 'node:crypto';
import { UNREADABLE_TEXT } from '@careconnect/contracts';
import { createMetrics } from '@careconnect/platform';
import { createFieldCipher } from '@careconnect/prisma';
import { expect, test } from 'vitest';
import { createTolerantCipher } from '../../core/field-cipher.ts';
import { createRememberingCipher } from './remembering-cipher.ts';

const [ours, theirs] = [aRow(), aRow()];

function aRow() {
  return { id: randomUUID(), organizationId: randomUUID() };
}

function aCipher() {
  const cipher = createFieldCipher(randomBytes(32).toString('base64url'));
  return createTolerantCipher({ cipher, log: { error: () => undefined }, metrics: createMetrics('test') });
}

test('answers as the cipher does, also for what it has forgotten', () => {
  const cipher = aCipher();
  const remembering = createRememberingCipher(cipher, 2);
  const texts = ['one', 'two', 'three', 'one'];
  const stored = texts.map((text) => cipher.encrypt('visit.reason', ours.organizationId, text));
  for (let round = 0; round < 3; round += 1) {
    expect(stored.map((value) => remembering.decrypt('visit.reason', ours, value))).toEqual(texts);
  }
  expect(remembering.decrypt('visit.reason', ours, null)).toBeNull();
});

test('a remembered value does not open for another tenant or another column', () => {
  const cipher = aCipher();
  const remembering = createRememberingCipher(cipher, 10);
  const stored = cipher.encrypt('visit.reason', ours.organizationId, 'A cough');
  remembering.decrypt('visit.reason', ours, stored);
  expect(remembering.decrypt('visit.reason', theirs, stored)).toBe(UNREADABLE_TEXT);
  expect(remembering.decrypt('appointment.reason', ours, stored)).toBe(UNREADABLE_TEXT);
});
