import { randomBytes, randomUUID } from 'node:crypto';
import { createFieldCipher } from '@careconnect/prisma';
import { expect, test } from 'vitest';
import { createRememberingCipher } from './remembering-cipher.ts';

const [ours, theirs] = [randomUUID(), randomUUID()];

test('answers as the cipher does, also for what it has forgotten', () => {
  const cipher = createFieldCipher(randomBytes(32).toString('base64url'));
  const remembering = createRememberingCipher(cipher, 2);
  const texts = ['one', 'two', 'three', 'one'];
  const stored = texts.map((text) => cipher.encrypt('visit.reason', ours, text));
  for (let round = 0; round < 3; round += 1) {
    expect(stored.map((value) => remembering.decrypt('visit.reason', ours, value))).toEqual(texts);
  }
  expect(remembering.decrypt('visit.reason', ours, null)).toBeNull();
});

test('a remembered value does not open for another tenant or another column', () => {
  const cipher = createFieldCipher(randomBytes(32).toString('base64url'));
  const remembering = createRememberingCipher(cipher, 10);
  const stored = cipher.encrypt('visit.reason', ours, 'A cough');
  remembering.decrypt('visit.reason', ours, stored);
  expect(() => remembering.decrypt('visit.reason', theirs, stored)).toThrow();
  expect(() => remembering.decrypt('appointment.reason', ours, stored)).toThrow();
});
