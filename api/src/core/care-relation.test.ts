import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CARE_RELATION_MONTHS, careRelationSince, isInCare } from './care-relation.ts';

const DAY_MS = 86_400_000;
const instant = fc.date({
  min: new Date('1980-01-01'),
  max: new Date('2180-01-01'),
  noInvalidDate: true,
});
const ago = (now: Date, ms: number) => new Date(now.getTime() - ms);

test('nobody is in care whom the doctor has never met and is not going to', () => {
  expect(isInCare(null, new Date('2026-11-23'))).toBe(false);
});

test('whoever has an encounter ahead, now or within the past months is, and nobody else', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -3 * 365, max: 3 * 365 }), (now, days) => {
      const at = ago(now, days * DAY_MS);
      const isIn = isInCare(at, now);
      if (days <= CARE_RELATION_MONTHS * 30) expect(isIn).toBe(true);
      if (days > CARE_RELATION_MONTHS * 30.5 + 1) expect(isIn).toBe(false);
    }),
  );
});

test('the window begins as many months ago, to the millisecond, and never in another month', () => {
  fc.assert(
    fc.property(instant, (now) => {
      const since = careRelationSince(now);
      expect(isInCare(since, now)).toBe(true);
      expect(isInCare(ago(since, 1), now)).toBe(false);
      const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
      expect(months(now) - months(since)).toBe(CARE_RELATION_MONTHS);
      expect(since.getTime() % DAY_MS).toBe(now.getTime() % DAY_MS);
    }),
  );
});

test('time only takes a patient out of care, and a later encounter only brings them in', () => {
  fc.assert(
    fc.property(instant, instant, fc.nat(400 * DAY_MS), (at, now, later) => {
      if (!isInCare(at, now)) expect(isInCare(at, ago(now, -later))).toBe(false);
      if (isInCare(at, now)) expect(isInCare(ago(at, -later), now)).toBe(true);
    }),
  );
});

test.each([
  ['2028-02-29T10:00:00Z', '2027-02-28T10:00:00Z'],
  ['2026-11-23T05:30:00.007Z', '2025-11-23T05:30:00.007Z'],
])('at %s it begins at %s', (now, since) => {
  expect(careRelationSince(new Date(now))).toEqual(new Date(since));
});
