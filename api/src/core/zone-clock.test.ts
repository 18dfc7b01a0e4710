import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createZoneClock, isoWeekday, toEpochDay } from './zone-clock.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Karachi',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const anyDay = fc.integer({ min: toEpochDay('2012-01-01'), max: toEpochDay('2037-12-31') });
const anyMinute = fc.integer({ min: 0, max: 1440 });
const zones = createZoneClock();

function dateOf(epochDay: number): Temporal.PlainDate {
  return Temporal.PlainDate.from('1970-01-01').add({ days: epochDay });
}

describe('zone clock', () => {
  test('names the calendar day of any instant as the time zone database does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        anyDay,
        fc.integer({ min: 0, max: 86_399_999 }),
        (zone, day, ms) => {
          const instant = day * 86_400_000 + ms;
          const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
          expect(dateOf(zones.epochDayAt(zone, instant)).equals(local.toPlainDate())).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('finds the first instant at which the clocks read a wall time or a later one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyDay, anyMinute, (zone, day, minute) => {
        const wall = dateOf(day).toPlainDateTime().add({ minutes: minute });
        const found = zones.firstInstantAt(zone, day, minute);
        const reads = (instant: number) =>
          Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
        expect(Temporal.PlainDateTime.compare(reads(found), wall)).toBeGreaterThanOrEqual(0);
        expect(Temporal.PlainDateTime.compare(reads(found - 1), wall)).toBe(-1);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [
      'a time that is skipped is the change itself',
      'Europe/Berlin',
      '2027-03-28',
      150,
      '2027-03-28T01:00:00Z',
    ],
    ['a time that comes twice is its first', 'Europe/Berlin', '2027-10-31', 150, '2027-10-31T00:30:00Z'],
    ['a skipped midnight is the change itself', 'America/Havana', '2027-03-14', 0, '2027-03-14T05:00:00Z'],
    ['half an hour of daylight saving', 'Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:30:00Z'],
  ])('%s', (_name, zone, date, minute, expected) => {
    expect(new Date(zones.firstInstantAt(zone, toEpochDay(date), minute)).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  test('counts weekdays as ISO does', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(isoWeekday(day)).toBe(dateOf(day).dayOfWeek);
      }),
    );
    expect(isoWeekday(-1)).toBe(dateOf(-1).dayOfWeek);
  });
});
