import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { endsByAgeOn, mayActFor, type ActingGrant } from './acting-policy.ts';
import { comesOfAgeOn } from './coming-of-age.ts';

const EVERYTHING = ['visits', 'records', 'decisions'] as const;
const aDay = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => Temporal.PlainDate.from('1960-01-01').add({ days }).toString());
const compare = (one: string, other: string) => Temporal.PlainDate.compare(one, other);

test.each([
  ['2008-02-29', '2026-03-01'],
  ['2008-02-28', '2026-02-28'],
  ['2008-03-01', '2026-03-01'],
  ['1906-02-29', '1924-03-01'],
  ['2007-12-31', '2025-12-31'],
])('somebody born on %s comes of age on %s', (birthDate, ofAge) => {
  expect(comesOfAgeOn(birthDate)).toBe(ofAge);
});

test('on the day before they are never 18 whole years old, and on the day always', () => {
  fc.assert(
    fc.property(aDay, (birthDate) => {
      const ofAge = Temporal.PlainDate.from(comesOfAgeOn(birthDate));
      const birth = Temporal.PlainDate.from(birthDate);
      const ageOn = (day: Temporal.PlainDate) => birth.until(day, { largestUnit: 'years' }).years;
      expect(ageOn(ofAge)).toBe(18);
      const isLeapDay = birth.month === 2 && birth.day === 29;
      // The calendar lets somebody born on a leap day turn 18 on the 28th; the law's whole years are over after it.
      expect(ageOn(ofAge.subtract({ days: isLeapDay ? 2 : 1 }))).toBe(17);
    }),
  );
});

describe('what was granted', () => {
  const aGrant = fc.record({
    status: fc.constantFrom('pending' as const, 'active' as const, 'ended' as const),
    scopes: fc.subarray([...EVERYTHING]),
    grantedOn: aDay,
    birthDate: aDay,
  });

  test('for a child opens nothing from the birthday on, and before it what it names', () => {
    fc.assert(
      fc.property(aGrant, aDay, fc.constantFrom(...EVERYTHING), (grant, today, scope) => {
        const ofAge = comesOfAgeOn(grant.birthDate);
        const isForChild = compare(grant.grantedOn, ofAge) < 0;
        const isOver = isForChild && compare(today, ofAge) >= 0;
        const expected = grant.status === 'active' && !isOver && grant.scopes.includes(scope);
        expect(mayActFor(grant, scope, today)).toBe(expected);
        expect(endsByAgeOn(grant)).toBe(isForChild ? ofAge : null);
      }),
    );
  });

  test.each([
    ['2026-02-28', true],
    ['2026-03-01', false],
  ])('for a child of a leap day, on %s: %s', (today, isOpen) => {
    const grant: ActingGrant = {
      ...{ status: 'active', scopes: EVERYTHING, grantedOn: '2020-01-01', birthDate: '2008-02-29' },
    };
    expect(mayActFor(grant, 'records', today)).toBe(isOpen);
  });
});
