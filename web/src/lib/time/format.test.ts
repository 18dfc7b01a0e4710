import { afterEach, describe, expect, it, vi } from 'vitest';
import { ageOn, formatDate, formatDay, formatScheduleDay, formatShort, formatTime } from './format.ts';

const at = '2020-11-23T04:30:00.000Z';
const karachi = { zone: 'Asia/Karachi', viewer: 'Asia/Karachi', locale: 'en-GB' };

describe('times', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stands alone where the viewer is in the zone', () => {
    expect(formatTime(at, karachi)).toBe('9:30');
  });

  it('names the zone where the viewer’s clock shows another time', () => {
    expect(formatTime(at, { ...karachi, viewer: 'Europe/London' })).toBe('9:30 (Pakistan Time)');
  });

  it('keeps the person’s own habits', () => {
    expect(formatTime(at, { ...karachi, locale: 'en-US' })).toMatch(/^9:30\sAM$/);
  });

  it('says the year of a day that is not in this one', () => {
    expect(formatDay(at, karachi)).toMatch(/^Monday,? 23 November 2020$/);
  });

  it('takes the year from the calendar of the zone, not from Greenwich', () => {
    vi.useFakeTimers({ now: new Date('2026-12-31T20:00:00.000Z'), toFake: ['Date'] });
    const newYearInKarachi = '2026-12-31T19:30:00.000Z';
    expect(formatDay(newYearInKarachi, karachi)).not.toContain('20');
    expect(formatDay('2026-12-31T18:30:00.000Z', karachi)).toContain('2026');
  });

  it('never names the zone in a table', () => {
    expect(formatShort(at, { ...karachi, viewer: 'Europe/London' })).toContain('23 Nov');
    expect(formatShort(at, { ...karachi, viewer: 'Europe/London' })).not.toContain('Pakistan');
  });

  it('writes a birth date as the same day everywhere', () => {
    expect(formatDate('1955-03-27', 'en-GB')).toBe('27 March 1955');
    expect(formatScheduleDay('2026-11-22', 'en-GB')).toBe('Sunday, 22 November 2026');
  });
});

describe('ageOn', () => {
  it('counts a year on the birthday, not before', () => {
    expect(ageOn('1955-03-27', '2026-03-26')).toBe(70);
    expect(ageOn('1955-03-27', '2026-03-27')).toBe(71);
  });
});
