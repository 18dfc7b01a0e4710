import { expect, test } from 'vitest';
import { weaknessOf } from './password-strength.ts';

test.each([
  'aaaaaaaaaaaaaa',
  'abababababab',
  'abcdefghijkl',
  '123456789012',
  'qwertyuiopas',
  'Password1234',
  'CareConnect2026!',
  'passwordpassword',
  'bilal.hussain!',
])('%s is too easy', (password) => {
  expect(weaknessOf(password, 'Bilal.Hussain@rahma.example')).not.toBeNull();
});

test.each([
  'calm-river-meadow',
  'مریض کا پاس ورڈ ہے',
  'my password is a long walk',
  'x7#kd92!mQpz',
  'bilal has three goats',
])('%s is good', (password) => {
  expect(weaknessOf(password, 'bilal@rahma.example')).toBeNull();
});
