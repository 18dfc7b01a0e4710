import type { CalendarDate, Instant, TimeZone } from '@careconnect/contracts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { calendarDateIn, showsSameTime, viewerZone } from './zone.ts';

/** In which zone, for whom, and in which language a time is written. */
export interface TimeFormat {
  readonly zone: TimeZone;
  readonly viewer?: TimeZone;
  readonly locale?: string;
}

/**
 * The person's own regional habits (12 or 24 hours, order of day and month) where their language is
 * the one that the page speaks, else the page's language alone.
 */
export function displayLocale(): string {
  const own = typeof navigator === 'undefined' ? undefined : navigator.language;
  const page: string = getLocale();
  return own?.split('-')[0] === page ? own : page;
}

/** Time of day, with the zone's name after it where the viewer's own clock shows another time. */
export function formatTime(at: Instant, format: TimeFormat): string {
  return write(at, format, CLOCK);
}

/** Weekday, day and month; the year only where it is not this year. */
export function formatDay(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...DAY, ...yearOf(at, zone) }).format(
    new Date(at),
  );
}

/** Day and time of day. */
export function formatDayTime(at: Instant, format: TimeFormat): string {
  return write(at, format, { ...DAY, ...yearOf(at, format.zone), ...CLOCK });
}

/** Day and time of day for a table, where the zone is named once beside it. */
export function formatShort(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  const options = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...yearOf(at, zone),
    ...CLOCK,
  } as const;
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(at));
}

/** A calendar day that belongs to no zone, such as a birth date. */
export function formatDate(date: CalendarDate, locale = displayLocale()): string {
  const options = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T00:00:00Z`));
}

/** A day of a schedule in the clinic's calendar: people think of it by its weekday. */
export function formatScheduleDay(date: CalendarDate, locale = displayLocale()): string {
  const options = { timeZone: 'UTC', ...DAY, year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T00:00:00Z`));
}

/** The name people call the zone by, for example "Pakistan Time". */
export function zoneName(at: Instant, zone: TimeZone, locale = displayLocale()): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    timeZoneName: 'shortGeneric',
  }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** Whole years between a birth date and a day. */
export function ageOn(birthDate: CalendarDate, day: CalendarDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** The year, where it is another than the one that the zone's calendar shows now. */
function yearOf(at: Instant, zone: TimeZone): Intl.DateTimeFormatOptions {
  const isThisYear = yearIn(at, zone) === yearIn(new Date(), zone);
  return isThisYear ? {} : { year: 'numeric' };
}

function yearIn(at: Instant | Date, zone: TimeZone): string {
  return calendarDateIn(at, zone).slice(0, 4);
}

function write(
  at: Instant,
  { zone, viewer = viewerZone(), locale = displayLocale() }: TimeFormat,
  options: Intl.DateTimeFormatOptions,
): string {
  const text = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(at));
  return showsSameTime(at, zone, viewer) ? text : `${text} (${zoneName(at, zone, locale)})`;
}
