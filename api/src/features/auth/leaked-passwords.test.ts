import { expect, test } from 'vitest';
import { isLeaked } from './leaked-passwords.ts';

test.each([
  'qwertyuiop123',
  'Password123456',
  'dragondragon',
  'p@ssw0rd2024!!',
  '123superman123',
  'Elizabeth1988',
  'M4nchester!!!!',
])('knows %s', (password) => expect(isLeaked(password)).toBe(true));

test.each(['quiet-orchard-seven', 'correct horse battery staple', 'میرا پیارا باغیچہ', 'ilike2walkatdawn'])(
  'has nothing against %s',
  (password) => expect(isLeaked(password)).toBe(false),
);
