import { PHONE_MIN_DIGITS, PHONE_TELLING_DIGITS, phoneDigits } from '@careconnect/prisma/encryption';

/** What somebody typed to find a patient, in its parts. All of them must fit. */
export interface PatientQuery {
  /** Parts of the name, in any order. */
  readonly words: readonly string[];
  /** Each is one date as it was typed, `YYYY-MM-DD`: several where it can be read in several ways. */
  readonly birthDates: readonly (readonly string[])[];
  /** Each may be part of a name all the same. */
  readonly phones: readonly TypedPhone[];
  readonly emails: readonly string[];
}

export interface TypedPhone {
  /** What tells numbers apart, however the country or the trunk is dialled. */
  readonly digits: string;
  readonly typed: string;
}

const EMAIL = /[^\s,]+@[^\s,]+/g;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Not a part of a longer number. */
const START = String.raw`(?<![\p{L}\d./-])`;
const END = String.raw`(?![\p{L}\d]|[./-]\d)`;
const NAME = String.raw`(\p{L}{3,})`;

interface DateShape {
  readonly pattern: RegExp;
  readonly read: (first: string, second: string, third: string) => string[];
}

const DATE_SHAPES: readonly DateShape[] = [
  {
    pattern: shape(String.raw`(\d{4})[./-](\d{1,2})[./-](\d{1,2})`),
    read: (year, month, day) => calendarDates([year, month, day]),
  },
  {
    // Some people write the day first and others the month.
    pattern: shape(String.raw`(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4})`),
    read: (one, other, year) => calendarDates([year, other, one], [year, one, other]),
  },
  {
    pattern: shape(String.raw`(\d{1,2})\.?\s${NAME}\.?,?\s(\d{4})`),
    read: (day, month, year) => calendarDates([year, monthNumber(month), day]),
  },
  {
    pattern: shape(String.raw`${NAME}\.?\s(\d{1,2}),?\s(\d{4})`),
    read: (month, day, year) => calendarDates([year, monthNumber(month), day]),
  },
];

const PHONE = new RegExp(String.raw`(?<![\p{L}\d])\+?\(?\d[\d ()/.-]{2,}\d(?![\p{L}\d])`, 'gu');

export function parsePatientQuery(typed: string): PatientQuery {
  const birthDates: string[][] = [];
  const phones: TypedPhone[] = [];
  const emails: string[] = [];
  // Before numbers and dates, which an address may hold.
  let rest = typed.replaceAll(EMAIL, (email) => {
    emails.push(email);
    return ' ';
  });
  for (const { pattern, read } of DATE_SHAPES) {
    rest = rest.replaceAll(pattern, (whole, first: string, second: string, third: string) => {
      const dates = read(first, second, third);
      if (dates.length === 0) return whole;
      birthDates.push(dates);
      return ' ';
    });
  }
  rest = rest.replaceAll(PHONE, (whole) => {
    const digits = phoneDigits(whole).slice(-PHONE_TELLING_DIGITS);
    if (digits.length < PHONE_MIN_DIGITS) return whole;
    phones.push({ digits, typed: whole });
    return ' ';
  });
  return { words: rest.split(/[\s,]+/).filter((word) => word !== ''), birthDates, phones, emails };
}

function shape(source: string): RegExp {
  return new RegExp(`${START}${source}${END}`, 'gu');
}

/** Those of the readings that are days of the calendar, each once. */
function calendarDates(...readings: (readonly [string, string, string])[]): string[] {
  const dates = readings
    .map(([year, month, day]) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    .filter(isCalendarDate);
  return [...new Set(dates)];
}

function isCalendarDate(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  // PostgreSQL, as the calendar, has no year nought.
  return instant.getUTCFullYear() > 0 && instant.toISOString().startsWith(date);
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}
