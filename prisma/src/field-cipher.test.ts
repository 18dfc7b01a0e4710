import { expect, test } from 'vitest';
import { createFieldCipher } from './field-cipher.ts';

const OLD = Buffer.alloc(32, 1).toString('base64url');
const NEW = Buffer.alloc(32, 2).toString('base64url');
const CLINIC = '01900000-0000-7000-8000-000000000001';
const OTHER_CLINIC = '01900000-0000-7000-8000-000000000002';

test('what was encrypted is read back, in any script', () => {
  const cipher = createFieldCipher(OLD);
  for (const text of ['Chest pain since Monday', 'سینے میں درد', '', '🙂']) {
    const stored = cipher.encrypt('visit.reason', CLINIC, text);
    expect(stored).toMatch(/^v1\.[\w-]+$/);
    expect(cipher.decrypt('visit.reason', CLINIC, stored)).toBe(text);
  }
});

test('a known value opens: a change of the stored format would lose what is stored', () => {
  // key 32 × 01, iv 00…0b, AAD `chat_message.body:<clinic>`; made with another implementation of AES-GCM
  const sealed = Buffer.from(
    '000102030405060708090a0b' + 'd0c8fa514ede67178d1d82b6' + 'ab5ef9fa864b602470c804f82cf555d4',
    'hex',
  );
  const stored = `v1.${sealed.toString('base64url')}`;
  expect(createFieldCipher(OLD).decrypt('chat_message.body', CLINIC, stored)).toBe('known answer');
});

test('the same text is never stored the same way twice', () => {
  const cipher = createFieldCipher(OLD);
  expect(cipher.encrypt('visit.reason', CLINIC, 'x')).not.toBe(cipher.encrypt('visit.reason', CLINIC, 'x'));
});

test('a changed bit anywhere, another column, another tenant: nothing opens', () => {
  const cipher = createFieldCipher(OLD);
  const stored = cipher.encrypt('visit.reason', CLINIC, 'secret');
  const bytes = Buffer.from(stored.slice(3), 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => cipher.decrypt('visit.reason', CLINIC, `v1.${changed.toString('base64url')}`)).toThrow();
  }
  expect(() => cipher.decrypt('appointment.reason', CLINIC, stored)).toThrow();
  expect(() => cipher.decrypt('visit.reason', OTHER_CLINIC, stored)).toThrow();
  expect(() => cipher.decrypt('visit.reason', CLINIC, 'secret')).toThrow();
  expect(() => cipher.decrypt('visit.reason', CLINIC, 'v1.AAAA')).toThrow();
});

test('a new key encrypts and the old one still decrypts', () => {
  const before = createFieldCipher(OLD).encrypt('visit.reason', CLINIC, 'from before');
  const both = createFieldCipher(`2:${NEW},1:${OLD}`);
  expect(both.decrypt('visit.reason', CLINIC, before)).toBe('from before');
  expect(both.encrypt('visit.reason', CLINIC, 'now')).toMatch(/^v2\./);
  expect(() => createFieldCipher(`2:${NEW}`).decrypt('visit.reason', CLINIC, before)).toThrow();
});

test('null stays null, and a short key is refused at start', () => {
  const cipher = createFieldCipher(OLD);
  expect(cipher.encrypt('visit.reason', CLINIC, null)).toBeNull();
  expect(cipher.decrypt('visit.reason', CLINIC, null)).toBeNull();
  expect(() => createFieldCipher('c2hvcnQ')).toThrow(/32 bytes/);
});
