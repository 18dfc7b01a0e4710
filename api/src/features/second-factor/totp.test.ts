import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** `12345678901234567890` in base32: the secret of RFC 6238 appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** The last six of the eight digits that appendix B gives for SHA-1. */
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('knows the code of RFC 6238 at second %i', (second, code) => {
  expect(stepOfCode(RFC_SECRET, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
});

test('takes a code for one step before and one after, and no longer', () => {
  const at = (second: number) => stepOfCode(RFC_SECRET, '287082', new Date(second * 1000));
  expect([0, 29, 30, 59, 60, 89].map(at)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(at(90)).toBeNull();
  expect(at(4_000)).toBeNull();
});

test('does not mind blanks and hyphens, and refuses all that is not six digits', () => {
  const now = new Date(59_000);
  expect(stepOfCode(RFC_SECRET, '287 082', now)).toBe(1);
  expect(stepOfCode(RFC_SECRET, '287-082', now)).toBe(1);
  fc.assert(
    fc.property(fc.string(), (typed) => {
      fc.pre(!/^\s*(\d[\s-]*){6}$/.test(typed));
      expect(stepOfCode(RFC_SECRET, typed, now)).toBeNull();
    }),
  );
});

test('an app reads whose code it is', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(secret, { issuer: 'CareConnect', label: 'amina@example.org' }));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('CareConnect:amina@example.org');
  expect(uri.searchParams.get('secret')).toBe(secret);
});
