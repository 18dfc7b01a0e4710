import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldCipher } from './field-cipher.ts';
import { createPatientContacts, phoneDigits } from './patient-contact.ts';
import { cipherKeys } from './testing/cipher-keys.ts';

const CLINIC = '01900000-0000-7000-8000-000000000001';
const ROW = { organizationId: CLINIC, id: '01900000-0000-7000-8000-00000000000a' };

const keys = await cipherKeys([Buffer.alloc(32, 11)]);
const cipher = createFieldCipher(keys);
const contacts = createPatientContacts({ cipher, keyRing: keys.keyRing });

function finds(phone: string, typed: string): boolean {
  const { blindIndex } = contacts.seal(ROW, { phone, email: null });
  return contacts.phoneTokens(CLINIC, phoneDigits(typed)).some((token) => blindIndex.includes(token));
}

test.each([
  ['+92 300 1234567', '0300 1234567'],
  ['0300 1234567', '+92 300 1234567'],
  ['0300-1234567', '0092 (300) 123-4567'],
  ['+92 (0)300 123 4567', '300 123 4567'],
  ['+92 300 1234567', '4567'],
  ['+92 300 1234567', '34567'],
  ['22 33 44 55', '+47 22 33 44 55'],
  ['99-00-11', '+47 55 99 00 11'],
])('%s is found by %s', (phone, typed) => {
  expect(finds(phone, typed)).toBe(true);
});

test.each([
  ['+92 300 1234567', '0300 1234568'],
  ['+92 300 1234567', '0300 12'],
  ['22 33 44 55', '3344'],
  ['99-00-11', '12 00 11'],
  ['12345', '+92 300 0012345'],
])('%s is not found by %s', (phone, typed) => {
  expect(finds(phone, typed)).toBe(false);
});

test('a number is found by itself, and by whichever of its last digits', () => {
  const number = fc.stringMatching(/^[1-9][0-9]{5,14}$/);
  fc.assert(
    fc.property(number, fc.integer({ min: 4, max: 15 }), (phone, length) => {
      const typed = phone.slice(-length);
      // Leading zeros are how a number is dialled.
      if (phoneDigits(typed).length >= 4) expect(finds(phone, typed)).toBe(true);
      expect(finds(phone, phone)).toBe(true);
    }),
  );
});

test('an address is found however its letters are written, and never by another organization’s index', () => {
  const { blindIndex, email } = contacts.seal(ROW, { phone: null, email: 'Amina@Example.org' });
  expect(contacts.emailTokens(CLINIC, ' amina@example.ORG')).toEqual(blindIndex);
  expect(contacts.emailTokens('another', 'amina@example.org')).not.toEqual(blindIndex);
  expect(cipher.decrypt('patient.email', ROW, email)).toBe('Amina@Example.org');
});

test('known answers: an index made otherwise would find nobody', () => {
  const { blindIndex } = contacts.seal(ROW, { phone: '12345', email: 'a@b.c' });
  // HMAC-SHA-256 under HKDF(32 × 63, `careconnect:index:<clinic>`), 16 bytes; made with another implementation
  expect(blindIndex).toEqual([
    'RrSlaiA3YQz_PUCGkksQLA',
    't5ZVKdnyE39tIX3vcGdtUw',
    'Aly2DSWgieAVzF_hqCYMIA',
    'ZvZdFPDJ5bGBAD_1NQNvSw',
  ]);
});

test('what stands in plain text from before is read as it is, and ciphertext that was changed is not', () => {
  expect(cipher.decrypt('patient.phone', ROW, '+92 (0)300/123-4567')).toBe('+92 (0)300/123-4567');
  expect(cipher.decrypt('patient.email', ROW, 'a@b.c')).toBe('a@b.c');
  const { phone } = contacts.seal(ROW, { phone: '0300 1234567', email: null });
  for (const changed of [`x${phone?.slice(1)}`, phone?.slice(3) ?? '', `${phone?.slice(0, -2)}`]) {
    expect(() => cipher.decrypt('patient.phone', ROW, changed)).toThrow();
  }
});
