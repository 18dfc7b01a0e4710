import { expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { codeError } from './code-error.ts';

it.each(['123456', '123 456', ' 123-456 '])('takes %j from an app', (typed) => {
  expect(codeError('totp', typed)).toBeUndefined();
});

it.each(['4K7QX-ZN2PW', '4k7qx zn2pw', '4k7qxzn2pw'])('takes %j from paper', (typed) => {
  expect(codeError('recovery', typed)).toBeUndefined();
});

it('says what it misses, for the one and for the other', () => {
  for (const typed of ['', '12345', '1234567']) expect(codeError('totp', typed)).toBe(m.step_app_missing());
  expect(codeError('recovery', '123456')).toBe(m.step_recovery_missing());
});
