import { expect, it } from 'vitest';
import { wireField } from './field-wiring.ts';

it('ties a control to what is said about it, the error first', () => {
  expect(wireField('email', { hint: 'For the link', error: 'Enter an address' })).toEqual({
    id: 'email',
    'aria-describedby': 'email-error email-hint',
    'aria-invalid': true,
  });
});

it('ties it to nothing where nothing is said', () => {
  expect(wireField('email', {})).toEqual({
    id: 'email',
    'aria-describedby': undefined,
    'aria-invalid': undefined,
  });
});
