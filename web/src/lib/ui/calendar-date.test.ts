import { describe, expect, it } from 'vitest';
import { toCalendarDate, toDateParts } from './calendar-date.ts';

describe('toCalendarDate', () => {
  it('reads a day as people write it', () => {
    expect(toCalendarDate({ day: '27', month: '3', year: '1955' })).toBe('1955-03-27');
  });

  it.each([
    { day: '31', month: '2', year: '1990' },
    { day: '29', month: '2', year: '2025' },
    { day: '1', month: '13', year: '1990' },
    { day: '0', month: '1', year: '1990' },
    { day: '1', month: '1', year: '55' },
    { day: 'x', month: '1', year: '1990' },
    { day: '', month: '', year: '' },
  ])('refuses $day $month $year', (parts) => {
    expect(toCalendarDate(parts)).toBeNull();
  });
});

it('fills the boxes again', () => {
  expect(toDateParts('1955-03-07')).toEqual({ day: '7', month: '3', year: '1955' });
  expect(toDateParts(null)).toEqual({ day: '', month: '', year: '' });
});
