import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  BOOKING_WINDOW_DAYS,
  freeSlots,
  type Calendar,
  type TimeSpan,
  type WeeklyRule,
} from './availability.ts';
import { createZoneClock, toEpochDay } from '../../core/zone-clock.ts';

const MINUTE_MS = 60_000;
const zones = createZoneClock();
const always = { validFromDay: -Infinity, validToDay: Infinity };
const everyDay = (hours: Pick<WeeklyRule, 'startMinute' | 'endMinute' | 'slotMinutes'>): WeeklyRule[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...always, ...hours }));

function aCalendar(changes: Partial<Calendar> = {}): Calendar {
  const rules = everyDay({ startMinute: 9 * 60, endMinute: 12 * 60, slotMinutes: 30 });
  return { timeZone: 'Europe/Berlin', rules, exceptions: [], busy: [], ...changes };
}

/** Wall times with their offset, as seen on the day before. */
function startsOn(calendar: Calendar, date: string): string[] {
  const day = toEpochDay(date);
  return [...freeSlots(calendar, day, day, Date.parse(date) - 86_400_000, zones)].map(({ start }) =>
    Temporal.Instant.fromEpochMilliseconds(start)
      .toZonedDateTimeISO(calendar.timeZone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' })
      .slice(11),
  );
}

describe('free slots', () => {
  test('fill an opening from its start, and never reach over its end', () => {
    const rules = everyDay({ startMinute: 540, endMinute: 650, slotMinutes: 30 });
    expect(startsOn(aCalendar({ rules }), '2027-01-12')).toEqual([
      '09:00+01:00',
      '09:30+01:00',
      '10:00+01:00',
    ]);
  });

  test('on the day the clocks go forward there are fewer', () => {
    const rules = everyDay({ startMinute: 60, endMinute: 300, slotMinutes: 60 });
    expect(startsOn(aCalendar({ rules }), '2027-03-28')).toEqual([
      '01:00+01:00',
      '03:00+02:00',
      '04:00+02:00',
    ]);
  });

  test('on the day they go back there are more', () => {
    const rules = everyDay({ startMinute: 60, endMinute: 240, slotMinutes: 60 });
    expect(startsOn(aCalendar({ rules }), '2027-10-31')).toEqual([
      '01:00+02:00',
      '02:00+02:00',
      '02:00+01:00',
      '03:00+01:00',
    ]);
  });

  test('a rule holds from its first to its last day', () => {
    const onlyOn = (date: string) => ({ validFromDay: toEpochDay(date), validToDay: toEpochDay(date) });
    const rules = everyDay({ startMinute: 540, endMinute: 600, slotMinutes: 60 }).map((rule) => ({
      ...rule,
      ...onlyOn('2027-01-12'),
    }));
    const days = ['2027-01-11', '2027-01-12', '2027-01-13'].map((date) =>
      startsOn(aCalendar({ rules }), date),
    );
    expect(days).toEqual([[], ['09:00+01:00'], []]);
  });

  test('time off takes away what it touches, extra hours add theirs, and time off wins', () => {
    const epochDay = toEpochDay('2027-01-12');
    const off = (startMinute: number, endMinute: number) =>
      ({ kind: 'closed', epochDay, startMinute, endMinute }) as const;
    const extra = { kind: 'extra', epochDay, startMinute: 840, endMinute: 960, slotMinutes: 60 } as const;
    const on = (...exceptions: Calendar['exceptions']) => startsOn(aCalendar({ exceptions }), '2027-01-12');
    expect(on(off(0, 1440))).toEqual([]);
    expect(on(off(610, 640))).toEqual(['09:00+01:00', '09:30+01:00', '11:00+01:00', '11:30+01:00']);
    expect(on(extra)).toHaveLength(8);
    expect(on(off(0, 1440), extra)).toEqual([]);
    expect(on(off(540, 720), off(840, 900), extra)).toEqual(['15:00+01:00']);
  });

  test('leave out what a booking touches, however it lies on the grid', () => {
    const busy = [
      { start: Date.parse('2027-01-12T08:30:00Z'), end: Date.parse('2027-01-12T09:00:00Z') },
      { start: Date.parse('2027-01-12T10:40:00Z'), end: Date.parse('2027-01-12T10:50:00Z') },
    ];
    expect(startsOn(aCalendar({ busy }), '2027-01-12')).toEqual([
      '09:00+01:00',
      '10:00+01:00',
      '10:30+01:00',
      '11:00+01:00',
    ]);
  });

  test('end with the booking window', () => {
    const now = Date.parse('2027-01-12T00:00:00Z');
    const day = toEpochDay('2027-01-12');
    const last = [...freeSlots(aCalendar(), day, day + 400, now, zones)].at(-1);
    expect(zones.epochDayAt('Europe/Berlin', last?.start ?? 0)).toBe(day + BOOKING_WINDOW_DAYS);
  });

  test('in any zone and any calendar: never overlap, lie inside a rule, are not past and not taken', () => {
    fc.assert(
      fc.property(anyCalendar(), anyNow(), (calendar, now) => {
        const today = zones.epochDayAt(calendar.timeZone, now);
        const slots = [...freeSlots(calendar, today - 1, today + 9, now, zones)];
        slots.forEach((slot, index) => {
          expect(slot.start).toBeGreaterThanOrEqual(now);
          expect(slot.start).toBeGreaterThanOrEqual(slots[index - 1]?.end ?? 0);
          expect(calendar.busy.some(({ start, end }) => start < slot.end && slot.start < end)).toBe(false);
          expect(calendar.rules.some((rule) => liesInside(slot, rule, calendar.timeZone))).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * By the clock on the wall; only an opening that begins in the hour that comes twice is one stretch of time
 * from the first showing of its start.
 */
function liesInside(slot: TimeSpan, rule: WeeklyRule, timeZone: string): boolean {
  const wall = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const minuteOf = (time: Temporal.ZonedDateTime) => time.hour * 60 + time.minute;
  const [first, last] = [wall(slot.start), wall(slot.end - 1)];
  const opensAt = first.toPlainDate().toPlainDateTime().add({ minutes: rule.startMinute });
  const earlier = opensAt.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = opensAt.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const comesTwice = !earlier.equals(later) && earlier.toPlainDateTime().equals(later.toPlainDateTime());
  return (
    first.dayOfWeek === rule.weekday &&
    last.toPlainDate().equals(first.toPlainDate()) &&
    (comesTwice ? slot.start >= earlier.epochMilliseconds : minuteOf(first) >= rule.startMinute) &&
    minuteOf(last) < rule.endMinute &&
    slot.end - slot.start === rule.slotMinutes * MINUTE_MS
  );
}

function anyCalendar(): fc.Arbitrary<Calendar> {
  const rule = fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      startMinute: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
      length: fc.integer({ min: 15, max: 600 }),
      slotMinutes: fc.constantFrom(10, 15, 20, 25, 30, 45, 60),
    })
    .map(({ length, ...rest }) => ({
      ...always,
      ...rest,
      endMinute: Math.min(1440, rest.startMinute + length),
    }));
  return fc
    .record({
      timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo'),
      rules: fc.array(rule, { maxLength: 8 }),
      gaps: fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 5, max: 90 })), {
        maxLength: 30,
      }),
      busyFrom: anyNow(),
    })
    .map(({ timeZone, rules, gaps, busyFrom }) => ({
      timeZone,
      rules,
      exceptions: [],
      busy: spans(busyFrom, gaps),
    }));
}

/** Bookings one after the other, as the database guarantees them. */
function spans(from: number, gaps: [number, number][]): TimeSpan[] {
  let cursor = from;
  return gaps.map(([pause, length]) => {
    const start = cursor + pause * MINUTE_MS;
    cursor = start + length * MINUTE_MS;
    return { start, end: cursor };
  });
}

/** Mostly within days of a clock change, where mistakes would be. */
function anyNow(): fc.Arbitrary<number> {
  const changes = [
    '2027-03-14',
    '2027-03-28',
    '2027-04-04',
    '2027-04-30',
    '2027-10-03',
    '2027-10-29',
    '2027-10-31',
    '2027-11-07',
  ];
  return fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -5 * 1440, max: 2 * 1440 }))
    .map(([date, minutes]) => Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS);
}
