import { describe, expect, it } from 'vitest';
import { addDays, calendarDateIn, hourIn, showsSameTime } from './zone.ts';

describe('calendar days and hours of a zone', () => {
  it('knows that it is already tomorrow in Karachi', () => {
    expect(calendarDateIn('2026-11-20T20:00:00.000Z', 'Asia/Karachi')).toBe('2026-11-21');
    expect(calendarDateIn('2026-11-20T20:00:00.000Z', 'America/New_York')).toBe('2026-11-20');
  });

  it('counts midnight as hour 0', () => {
    expect(hourIn('2026-11-20T19:00:00.000Z', 'Asia/Karachi')).toBe(0);
  });

  it('follows the clock change of the zone', () => {
    expect(hourIn('2026-03-28T12:00:00.000Z', 'Europe/London')).toBe(12);
    expect(hourIn('2026-03-29T12:00:00.000Z', 'Europe/London')).toBe(13);
  });
});

describe('addDays', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 14, '2026-04-11'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
});

describe('showsSameTime', () => {
  it('goes by the clock, not by the name', () => {
    const at = '2026-07-01T12:00:00.000Z';
    expect(showsSameTime(at, 'Asia/Karachi', 'Asia/Tashkent')).toBe(true);
    expect(showsSameTime(at, 'Europe/London', 'UTC')).toBe(false);
    expect(showsSameTime('2026-01-01T12:00:00.000Z', 'Europe/London', 'UTC')).toBe(true);
  });
});
