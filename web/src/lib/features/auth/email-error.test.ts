import { expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { emailError } from './email-error.ts';

it('takes an address with the blanks that a phone leaves behind', () => {
  expect(emailError(' amina@example.org ')).toBeUndefined();
});

it.each(['', 'amina', 'amina@', 'amina@example', 'a b@example.org'])(
  'asks for an address in place of %j',
  (typed) => {
    expect(emailError(typed)).toBe(m.sign_in_email_missing());
  },
);
