import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createContentCipher } from './content-cipher.ts';

const OLD = Buffer.alloc(32, 1).toString('base64url');
const NEW = Buffer.alloc(32, 2).toString('base64url');

test('a piece is read back where it belongs, and nowhere else', () => {
  const cipher = createContentCipher(OLD);
  const piece = randomBytes(1_000);
  const sealed = cipher.seal('note:0', piece);
  expect(sealed).toHaveLength(piece.length + cipher.overheadBytes);
  expect(cipher.open('note:0', sealed).equals(piece)).toBe(true);
  expect(() => cipher.open('note:1', sealed)).toThrow();
});

test('a piece that was changed or cut off does not open', () => {
  const cipher = createContentCipher(OLD);
  const sealed = cipher.seal('note:0', randomBytes(100));
  for (const at of [0, 4, 40, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => cipher.open('note:0', changed), `byte ${at}`).toThrow();
  }
  expect(() => cipher.open('note:0', sealed.subarray(0, -1))).toThrow();
  expect(() => cipher.open('note:0', Buffer.alloc(0))).toThrow();
});

test('what an old key has sealed still opens beside a new one', () => {
  const sealed = createContentCipher(OLD).seal('note:0', Buffer.from('plain'));
  const rotated = createContentCipher(`2:${NEW},1:${OLD}`);
  expect(rotated.open('note:0', sealed).toString()).toBe('plain');
  expect(rotated.seal('note:0', Buffer.from('plain')).readUInt32BE()).toBe(2);
  expect(() => createContentCipher(`2:${NEW}`).open('note:0', sealed)).toThrow();
});
