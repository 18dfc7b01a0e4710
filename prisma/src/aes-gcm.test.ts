import { createHmac, createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseKeys, unseal } from './aes-gcm.ts';
import { deriveKey } from './keys/key-ring.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const KEY = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const TEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
  '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
const SEALED_TEXT =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
  '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662';

// D. McGrew, J. Viega, The Galois/Counter Mode of Operation, as submitted to NIST: test cases 13, 14 and 16.
test.each([
  ['13', '00'.repeat(32), '00'.repeat(12), '', '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
  [
    '14',
    '00'.repeat(32),
    '00'.repeat(12),
    '',
    '00'.repeat(16),
    'cea7403d4d606b6e074ec5d3baf39d18',
    'd0d1c8a799996bf0265b98b5d48ab919',
  ],
  [
    '16',
    KEY,
    'cafebabefacedbaddecaf888',
    'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    TEXT,
    SEALED_TEXT,
    '76fc6ece0f4e1768cddf8853bb2d551b',
  ],
])('AES-256-GCM opens test case %s', (_case, key, iv, aad, plain, ciphertext, tag) => {
  const opened = unseal(createSecretKey(hex(key)), hex(aad), hex(iv + ciphertext + tag));
  expect(opened.toString('hex')).toBe(plain);
});

/** RFC 5869, sections 2.2 and 2.3. */
function hkdf(salt: Buffer, key: Buffer, info: Buffer, length: number): Buffer {
  const extracted = createHmac('sha256', salt).update(key).digest();
  const blocks = [Buffer.alloc(0)];
  for (let count = 1; Buffer.concat(blocks).length < length; count += 1) {
    const block = Buffer.concat([blocks.at(-1) ?? Buffer.alloc(0), info, Buffer.from([count])]);
    blocks.push(createHmac('sha256', extracted).update(block).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

test('keys are derived as RFC 5869 says, whose test cases 1 and 3 the comparison passes', () => {
  const key = Buffer.alloc(22, 0x0b);
  const first = hkdf(hex('000102030405060708090a0b0c'), key, hex('f0f1f2f3f4f5f6f7f8f9'), 42);
  expect(first.toString('hex')).toBe(
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
  const third = hkdf(Buffer.alloc(0), key, Buffer.alloc(0), 42);
  expect(third.toString('hex')).toBe(
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  );
  const derived = deriveKey(key, 'field:an organization').export();
  const expected = hkdf(Buffer.alloc(0), key, Buffer.from('careconnect:field:an organization'), 32);
  expect(derived.equals(expected)).toBe(true);
});

test.each(['c2hvcnQ', '', '2:c2hvcnQ', `1:${'x'.repeat(43)},2:`])('"%s" is no list of keys', (keys) => {
  expect(() => parseKeys(keys)).toThrow(/32 bytes/);
});
