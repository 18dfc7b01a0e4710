import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ageOn,
  formatDate,
  formatDay,
  formatClock,
  formatDayTime,
  formatExactShort,
  formatExactTime,
  formatOwnTime,
  formatScheduleDay,
  formatShort,
  formatTime,
  localeWithHabits,
} from './format.ts';

const at = '2020-11-23T04:30:00.000Z';
const karachi = { zone: 'Asia/Karachi', viewer: 'Asia/Karachi', locale: 'en-GB' };

describe('times', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stands alone where the viewer is in the zone', () => {
    expect(formatTime(at, karachi)).toBe('09:30');
  });

  it('names the zone where the viewer’s clock shows another time', () => {
    expect(formatTime(at, { ...karachi, viewer: 'Europe/London' })).toBe('09:30 (Pakistan Time)');
  });

  it('tells the second where moments are compared', () => {
    const second = '2020-11-23T04:30:07.900Z';
    expect(formatClock(second, karachi)).toBe('09:30:07');
    expect(formatClock(second, { ...karachi, locale: 'en-US' })).toMatch(/^9:30:07\sAM$/);
    expect(formatExactTime(second, karachi)).toBe('09:30:07');
    expect(formatExactTime(second, { ...karachi, viewer: 'Europe/London' })).toBe('09:30:07 (Pakistan Time)');
    expect(formatExactShort(second, karachi)).toMatch(/^Mon,? 23 Nov 2020, 09:30:07$/);
  });

  it('keeps the person’s own habits', () => {
    expect(formatTime(at, { ...karachi, locale: 'en-US' })).toMatch(/^9:30\sAM$/);
  });

  it('tells the part of the day in Urdu by its own name, in the digits of the page', () => {
    expect(formatTime(at, { ...karachi, locale: 'ur-PK' })).toBe('9:30\u00a0صبح');
    expect(formatTime(at, { ...karachi, locale: 'ur-GB' })).toBe('9:30\u00a0صبح');
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

describe('a day and time to keep', () => {
  /** Half past eleven at night in Karachi: half past six in the evening in London, and the next day in Tokyo. */
  const late = '2020-11-23T18:30:00.000Z';

  it('stands alone where the viewer’s clock shows the same', () => {
    expect(formatDayTime(late, { ...karachi, viewer: 'Asia/Tashkent' })).toMatch(
      /^Monday,? 23 November 2020 at 23:30$/,
    );
    expect(formatOwnTime(late, { ...karachi, viewer: 'Asia/Tashkent' })).toBeNull();
  });

  it('is told in the clinic’s time by its name, and in the viewer’s own', () => {
    const london = { ...karachi, viewer: 'Europe/London' };
    expect(formatDayTime(late, london)).toMatch(
      /^Monday,? 23 November 2020 at 23:30 \(Pakistan Time\), which is 18:30 for you$/,
    );
    expect(formatOwnTime(late, london)).toBe('18:30');
  });

  it('names the viewer’s own day where it is tomorrow', () => {
    const tokyo = { ...karachi, viewer: 'Asia/Tokyo' };
    expect(formatDayTime(late, tokyo)).toMatch(
      /23:30 \(Pakistan Time\), which is Tuesday,? 24 November 2020 at 03:30 for you$/,
    );
    expect(formatOwnTime(late, tokyo)).toMatch(/^Tue,? 03:30$/);
  });

  it('names the viewer’s own day where it is still yesterday, also across the turn of a year', () => {
    vi.useFakeTimers({ now: new Date('2026-12-20T12:00:00.000Z'), toFake: ['Date'] });
    const newYear = '2026-12-31T19:30:00.000Z';
    const text = formatDayTime(newYear, { ...karachi, viewer: 'America/New_York' });
    expect(text).toMatch(/^Friday,? 1 January 2027 at 00:30 \(Pakistan Time\)/);
    expect(text).toMatch(/which is Thursday,? 31 December at 14:30 for you$/);
    vi.useRealTimers();
  });
});

describe('the habits of a region', () => {
  const hours = (page: string, own: string) =>
    formatTime('2020-11-23T16:05:00.000Z', {
      zone: 'UTC',
      viewer: 'UTC',
      locale: localeWithHabits(page, own),
    });

  it('are those of the person’s own locale where they speak the language of the page', () => {
    expect(localeWithHabits('en', 'en-GB')).toBe('en-GB');
    expect(hours('en', 'en-GB')).toBe('16:05');
    expect(hours('en', 'en-US')).toMatch(/^4:05\sPM$/);
  });

  it('leave no doubt about the half of the day', () => {
    const morning = (locale: string) =>
      formatTime('2020-11-23T02:40:00.000Z', { zone: 'UTC', viewer: 'UTC', locale });
    expect(morning('en-GB')).toBe('02:40');
    expect(morning('en-US')).toMatch(/^2:40\sAM$/);
  });

  it('are those of where they live where the page speaks another language', () => {
    expect(localeWithHabits('en', 'de-DE')).toBe('en-DE');
    expect(hours('en', 'de')).toBe('16:05');
    expect(hours('en', 'ur-PK')).toMatch(/^4:05\spm$/i);
  });
});

describe('ageOn', () => {
  it('counts a year on the birthday, not before', () => {
    expect(ageOn('1955-03-27', '2026-03-26')).toBe(70);
    expect(ageOn('1955-03-27', '2026-03-27')).toBe(71);
  });
});
