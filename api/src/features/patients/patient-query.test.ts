import { describe, expect, test } from 'vitest';
import { parsePatientQuery } from './patient-query.ts';

describe('a birth date', () => {
  test.each([
    ['1984-03-02', ['1984-03-02']],
    ['1984/3/2', ['1984-03-02']],
    ['2.3.1984', ['1984-03-02', '1984-02-03']],
    ['02/03/1984', ['1984-03-02', '1984-02-03']],
    ['2. 3. 1984', ['1984-03-02', '1984-02-03']],
    ['27-03-1955', ['1955-03-27']],
    ['03/27/1955', ['1955-03-27']],
    ['5.5.1984', ['1984-05-05']],
    ['2 March 1984', ['1984-03-02']],
    ['2 mar 1984', ['1984-03-02']],
    ['Sept. 9, 1984', ['1984-09-09']],
  ])('is %s', (typed, dates) => {
    expect(parsePatientQuery(typed)).toEqual({ words: [], birthDates: [dates], phones: [], emails: [] });
  });

  test.each(['1948-13-45', '0000-01-01', '31.2.1984', '2 Amina 1984'])('is not %s', (typed) => {
    expect(parsePatientQuery(typed).birthDates).toEqual([]);
  });
});

describe('a phone number', () => {
  test.each([
    '+92 300 1234567',
    '0092 (300) 123-4567',
    '+92 (0)300 123 4567',
    '0300 1234567',
    '03001234567',
    '300 123 4567',
  ])('is the same as %s', (typed) => {
    expect(parsePatientQuery(typed)).toEqual({
      words: [],
      birthDates: [],
      phones: [{ digits: '001234567', typed }],
      emails: [],
    });
  });

  test('may be its last digits, but not any number', () => {
    expect(parsePatientQuery('4567').phones).toEqual([{ digits: '4567', typed: '4567' }]);
    expect(parsePatientQuery('Other 12').phones).toEqual([]);
    expect(parsePatientQuery('ab123456')).toEqual({
      words: ['ab123456'],
      birthDates: [],
      phones: [],
      emails: [],
    });
  });
});

test('all parts are found beside one another', () => {
  expect(parsePatientQuery('  Yusuf, Amina 30.7.1961 0300-1234567 a.1984-03-02@home.example')).toEqual({
    words: ['Yusuf', 'Amina'],
    birthDates: [['1961-07-30']],
    phones: [{ digits: '001234567', typed: '0300-1234567' }],
    emails: ['a.1984-03-02@home.example'],
  });
});
