import type { CalendarDate, Instant, TimeZone } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { calendarDateIn, showsSameTime, viewerZone } from './zone.ts';

/** In which zone, for whom, and in which language a time is written. */
export interface TimeFormat {
  readonly zone: TimeZone;
  readonly viewer?: TimeZone;
  readonly locale?: string;
}

/** How times and numbers are written on this page: in its language, with the habits of the person's region. */
export function displayLocale(): string {
  const page = getLocale();
  const habits = typeof navigator === 'undefined' ? page : localeWithHabits(page, navigator.language);
  // The sentences of a page carry their numbers in these digits, so its times and tables do too.
  return new Intl.Locale(habits, { numberingSystem: 'latn' }).toString();
}

/**
 * The person's own locale where they speak the language of the page, else that language as it is written where they
 * live: 12 or 24 hours, and the order of day and month, are habits of a region.
 */
export function localeWithHabits(page: string, own: string): string {
  const { language, region } = new Intl.Locale(own).maximize();
  if (language === page) return own;
  return region === undefined ? page : `${page}-${region}`;
}

/** Time of day at the clinic, with the zone's name after it where the viewer's own clock shows another time. */
export function formatTime(at: Instant, format: TimeFormat): string {
  const { zone, viewer = viewerZone(), locale = displayLocale() } = format;
  const text = write(at, { zone, locale }, clock(locale));
  return showsSameTime(at, zone, viewer)
    ? text
    : m.time_in_zone({ time: text, zone: zoneName(at, zone, locale) });
}

/** The same to the second, for what somebody compares with another moment. */
export function formatExactTime(at: Instant, format: TimeFormat): string {
  const { zone, viewer = viewerZone(), locale = displayLocale() } = format;
  const time = formatClock(at, { zone, locale });
  return showsSameTime(at, zone, viewer) ? time : m.time_in_zone({ time, zone: zoneName(at, zone, locale) });
}

/** Time of day to the second for a table, where the zone is named once beside it. */
export function formatClock(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  return write(at, { zone, locale }, { ...clock(locale), second: '2-digit' });
}

/**
 * The one way in which a day and time to keep is told: by the clinic's calendar and clock, as its letters and its
 * desk tell it. Whoever's own clock shows another time reads the zone's name, and the same moment in their own time,
 * with its day where it is another one there.
 */
export function formatDayTime(at: Instant, format: TimeFormat): string {
  const { zone, viewer = viewerZone(), locale = displayLocale() } = format;
  const time = write(at, { zone, locale }, { ...DAY, ...yearOf(at, zone), ...clock(locale) });
  if (showsSameTime(at, zone, viewer)) return time;
  const day = isSameDay(at, zone, viewer) ? {} : { ...DAY, ...yearOf(at, viewer) };
  const own = write(at, { zone: viewer, locale }, { ...day, ...clock(locale) });
  return m.time_and_own({ time, zone: zoneName(at, zone, locale), own });
}

/** The viewer's own time beside a time of the clinic, with the weekday where it is another day; null where both agree. */
export function formatOwnTime(at: Instant, format: TimeFormat): string | null {
  const { zone, viewer = viewerZone(), locale = displayLocale() } = format;
  if (showsSameTime(at, zone, viewer)) return null;
  const weekday = isSameDay(at, zone, viewer) ? {} : ({ weekday: 'short' } as const);
  return write(at, { zone: viewer, locale }, { ...weekday, ...clock(locale) });
}

/** Weekday, day and month; the year only where it is not this year. */
export function formatDay(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  return write(at, { zone, locale }, { ...DAY, ...yearOf(at, zone) });
}

/** Day and time of day for a table, where the zone is named once beside it. */
export function formatShort(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  const options = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...yearOf(at, zone),
    ...clock(locale),
  } as const;
  return write(at, { zone, locale }, options);
}

/** The same to the second. */
export function formatExactShort(at: Instant, { zone, locale = displayLocale() }: TimeFormat): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return write(at, { zone, locale }, { ...day, ...yearOf(at, zone), ...clock(locale), second: '2-digit' });
}

/** A calendar day that belongs to no zone, such as a birth date. */
export function formatDate(date: CalendarDate, locale = displayLocale()): string {
  return formatDatePart(date, { day: 'numeric', month: 'long', year: 'numeric' }, locale);
}

/** A day of a schedule in the clinic's calendar: people think of it by its weekday. */
export function formatScheduleDay(date: CalendarDate, locale = displayLocale()): string {
  return formatDatePart(date, { ...DAY, year: 'numeric' }, locale);
}

/** Some parts of a calendar day, such as its weekday alone. */
export function formatDatePart(
  date: CalendarDate,
  parts: Intl.DateTimeFormatOptions,
  locale = displayLocale(),
): string {
  return write(`${date}T00:00:00Z`, { zone: 'UTC', locale }, parts);
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

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** A clock of 24 hours has two digits for each: a bare 2:40 would leave the afternoon open. */
function clock(locale: string): Intl.DateTimeFormatOptions {
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const hasHalves = hourCycle === 'h11' || hourCycle === 'h12';
  if (!hasHalves) return { hour: '2-digit', minute: '2-digit' };
  // In Urdu the hours have names for the parts of the day; AM and PM are English.
  return { hour: 'numeric', minute: '2-digit', ...(locale.startsWith('ur') && { dayPeriod: 'short' }) };
}

/** The year, where it is another than the one that the zone's calendar shows now. */
function yearOf(at: Instant, zone: TimeZone): Intl.DateTimeFormatOptions {
  const isThisYear = yearIn(at, zone) === yearIn(new Date(), zone);
  return isThisYear ? {} : { year: 'numeric' };
}

function yearIn(at: Instant | Date, zone: TimeZone): string {
  return calendarDateIn(at, zone).slice(0, 4);
}

function isSameDay(at: Instant, zone: TimeZone, viewer: TimeZone): boolean {
  return calendarDateIn(at, zone) === calendarDateIn(at, viewer);
}

function write(
  at: Instant,
  { zone, locale }: { readonly zone: TimeZone; readonly locale: string },
  options: Intl.DateTimeFormatOptions,
): string {
  const text = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(at));
  // An hour stays beside the part of the day that it belongs to.
  return text.replace(/(:\d\d) /, '$1\u00a0');
}
