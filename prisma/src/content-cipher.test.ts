import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal } from './aes-gcm.ts';
import { createContentCipher } from './content-cipher.ts';
import { cipherKeys } from './testing/cipher-keys.ts';

const OPERATOR = Buffer.alloc(32, 1);
const [ONE, TWO] = [Buffer.alloc(32, 11), Buffer.alloc(32, 12)];
const CLINIC = '01900000-0000-7000-8000-000000000001';

const cipher = createContentCipher(await cipherKeys([ONE], OPERATOR.toString('base64url')));

test('a piece is read back where it belongs, and nowhere else', () => {
  const piece = randomBytes(1_000);
  const sealed = cipher.seal(CLINIC, 'note:0', piece);
  expect(sealed).toHaveLength(piece.length + cipher.overheadBytes);
  expect(cipher.open(CLINIC, 'note:0', sealed).equals(piece)).toBe(true);
  expect(() => cipher.open(CLINIC, 'note:1', sealed)).toThrow();
  expect(() => cipher.open('another clinic', 'note:0', sealed)).toThrow();
});

test('a piece that was changed or cut off does not open', () => {
  const sealed = cipher.seal(CLINIC, 'note:0', randomBytes(20));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => cipher.open(CLINIC, 'note:0', changed), `byte ${at}`).toThrow();
  }
  expect(() => cipher.open(CLINIC, 'note:0', sealed.subarray(0, -1))).toThrow();
  expect(() => cipher.open(CLINIC, 'note:0', Buffer.alloc(0))).toThrow();
});

test('what an old key has sealed still opens beside a new one', async () => {
  const sealed = cipher.seal(CLINIC, 'note:0', Buffer.from('plain'));
  const rotated = createContentCipher(await cipherKeys([ONE, TWO]));
  expect(rotated.open(CLINIC, 'note:0', sealed).toString()).toBe('plain');
  const [before, now] = [sealed, rotated.seal(CLINIC, 'note:0', Buffer.from('plain'))];
  expect([before, now].map((piece) => piece.readUInt32BE() - 0x8000_0000)).toEqual([1, 2]);
});

test('what the key of the operator itself has sealed still opens', () => {
  const version = Buffer.from([0, 0, 0, 1]);
  const former = Buffer.concat([version, seal(createSecretKey(OPERATOR), 'note:0', 'from before')]);
  expect(cipher.open(CLINIC, 'note:0', former).toString()).toBe('from before');
});
