import { describe, expect, test } from 'vitest';
import { hasSecondFactor, IdClaims, isEmailVerified, nameOf, postOf, provenAt } from './id-claims.ts';

const claimsOf = (claims: object) => IdClaims.parse({ iss: 'https://idp.example', sub: '1', ...claims });

test.each([
  [['mfa'], true],
  [['pwd', 'otp'], true],
  [['hwk', 'user'], true],
  [['pwd'], false],
  [['sms'], false],
  [['MFA'], false],
  ['mfa', false],
  [undefined, false],
])('amr %j says of a second factor: %s', (amr, expected) => {
  expect(hasSecondFactor(claimsOf({ amr }))).toBe(expected);
});

test.each([
  [true, true],
  [false, false],
  ['true', false],
  [1, false],
  [undefined, false],
])('an address is verified where email_verified is true, and not %j: %s', (email_verified, expected) => {
  expect(isEmailVerified(claimsOf({ email: 'a@b.example', email_verified }))).toBe(expected);
});

describe('the role', () => {
  const connection = {
    groupsClaim: 'roles',
    groups: [
      { group: 'it', role: 'admin' },
      { group: 'heart', role: 'doctor', specialty: 'Cardiology' },
    ],
  } as const;

  test.each([
    [['heart', 'it'], { role: 'admin' }],
    ['heart', { role: 'doctor', specialty: 'Cardiology' }],
    [['Heart'], null],
    [[7, null, 'heart'], { role: 'doctor', specialty: 'Cardiology' }],
    [{ it: true }, null],
    [undefined, null],
  ])('of %j is %j', (roles, expected) => {
    expect(postOf(claimsOf({ roles, groups: ['it'] }), connection)).toEqual(expected);
  });
});

test('somebody is called by the first name that is one', () => {
  const email = 'nadia@clinic.example';
  expect(nameOf(claimsOf({ name: ' Nadia ', preferred_username: 'nr' }))).toBe('Nadia');
  expect(nameOf(claimsOf({ name: '  ', preferred_username: 'nr', email }))).toBe('nr');
  expect(nameOf(claimsOf({ name: 'line\nbreak', email }))).toBe(email);
  expect(nameOf(claimsOf({}))).toBeNull();
});

test('somebody has proved who they are when the provider says, and never in the future', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  const seconds = now.getTime() / 1_000;
  expect(provenAt(claimsOf({ auth_time: seconds - 60 }), now)).toEqual(new Date('2026-11-23T09:59:00Z'));
  expect(provenAt(claimsOf({ auth_time: seconds + 60 }), now)).toEqual(now);
  expect(provenAt(claimsOf({}), now)).toEqual(new Date(0));
});
