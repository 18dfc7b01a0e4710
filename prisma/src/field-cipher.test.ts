import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EncryptedField } from './encrypted-fields.ts';
import { createFieldCipher } from './field-cipher.ts';
import { cipherKeys } from './testing/cipher-keys.ts';

const OPERATOR = Buffer.alloc(32, 1).toString('base64url');
const [ONE, TWO] = [Buffer.alloc(32, 11), Buffer.alloc(32, 12)];
const CLINIC = '01900000-0000-7000-8000-000000000001';
const OTHER_CLINIC = '01900000-0000-7000-8000-000000000002';
const ROW = { organizationId: CLINIC, id: '01900000-0000-7000-8000-00000000000a' };
const OTHER_ROW = { ...ROW, id: '01900000-0000-7000-8000-00000000000b' };

const cipher = createFieldCipher(await cipherKeys([ONE], OPERATOR));
const rotated = createFieldCipher(await cipherKeys([ONE, TWO], OPERATOR));

test('what was encrypted is read back, in any script', () => {
  const owner = fc.record({ organizationId: fc.uuid(), id: fc.uuid() });
  const field = fc.constantFrom<EncryptedField[]>('visit.reason', 'chat_message.body');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), owner, field, (text, row, column) => {
      const stored = cipher.encrypt(column, row, text);
      expect(stored).toMatch(/^e1\.[\w-]+$/);
      expect(cipher.decrypt(column, row, stored)).toBe(text);
    }),
  );
});

test('known values open: a change of the stored format would lose what is stored', () => {
  // key 32 × 01, iv 00…0b, AAD `chat_message.body:<clinic>`; made with another implementation of AES-GCM
  const sealed = Buffer.from(
    '000102030405060708090a0b' + 'd0c8fa514ede67178d1d82b6' + 'ab5ef9fa864b602470c804f82cf555d4',
    'hex',
  );
  const former = `v1.${sealed.toString('base64url')}`;
  expect(cipher.decrypt('chat_message.body', ROW, former)).toBe('known answer');
  // key HKDF(32 × 0b, `careconnect:field:<clinic>`), iv 00…0b, AAD `e1:chat_message.body:<clinic>:<row>`; the same
  const stored = 'e1.AAECAwQFBgcICQoLkkEz5bejVmp7pZApvDNRs04B3zuG-ruz-tV43Q';
  expect(cipher.decrypt('chat_message.body', ROW, stored)).toBe('known answer');
});

test('the same text is never stored the same way twice', () => {
  expect(cipher.encrypt('visit.reason', ROW, 'x')).not.toBe(cipher.encrypt('visit.reason', ROW, 'x'));
});

test('a changed byte of iv, ciphertext or tag, or another version: nothing opens', () => {
  const stored = rotated.encrypt('visit.reason', ROW, 'secret');
  const bytes = Buffer.from(stored.slice(3), 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    for (const bit of [0x01, 0x80, 0xff]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ bit, index);
      const value = `e2.${changed.toString('base64url')}`;
      expect(() => rotated.decrypt('visit.reason', ROW, value), `byte ${index}`).toThrow();
    }
  }
  for (const version of ['e1.', 'e3.', 'v1.', 'v2.', 'e02.', 'e.', 'f2.', '']) {
    const value = stored.replace('e2.', version);
    expect(() => rotated.decrypt('visit.reason', ROW, value), version).toThrow();
  }
  for (const cut of [stored.slice(0, -2), 'e2.AAAA', 'e2.', 'secret', '']) {
    expect(() => rotated.decrypt('visit.reason', ROW, cut), cut).toThrow();
  }
});

test('a value opens in its own column, row and organization, and nowhere else', () => {
  const stored = cipher.encrypt('visit.reason', ROW, 'secret');
  expect(() => cipher.decrypt('appointment.reason', ROW, stored)).toThrow();
  expect(() => cipher.decrypt('visit.reason', OTHER_ROW, stored)).toThrow();
  expect(() => cipher.decrypt('visit.reason', { ...ROW, organizationId: OTHER_CLINIC }, stored)).toThrow();
});

test('the key of one organization opens nothing of another, nor files of its own', async () => {
  const { keyRing } = await cipherKeys([ONE]);
  const keys = [
    keyRing.get(1, 'field', CLINIC),
    keyRing.get(1, 'field', OTHER_CLINIC),
    keyRing.get(1, 'content', CLINIC),
  ].map((key) => key.export().toString('hex'));
  expect(new Set(keys).size).toBe(3);
  expect(keys).not.toContain(ONE.toString('hex'));
});

test('a new key encrypts and the old one still decrypts', async () => {
  const before = cipher.encrypt('visit.reason', ROW, 'from before');
  expect(rotated.decrypt('visit.reason', ROW, before)).toBe('from before');
  expect(rotated.encrypt('visit.reason', ROW, 'now')).toMatch(/^e2\./);
  const withoutOld = createFieldCipher(await cipherKeys([TWO]));
  expect(() => withoutOld.decrypt('visit.reason', ROW, before)).toThrow();
});

test('null stays null', () => {
  expect(cipher.encrypt('visit.reason', ROW, null)).toBeNull();
  expect(cipher.decrypt('visit.reason', ROW, null)).toBeNull();
});
