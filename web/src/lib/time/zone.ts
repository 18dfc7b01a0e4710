import type { CalendarDate, Instant, TimeZone } from '@careconnect/contracts';

/** The zone that the person's own device is set to. */
export function viewerZone(): TimeZone {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** True when clocks in both zones show the same time at this instant, whatever the zones are called. */
export function showsSameTime(at: Instant, a: TimeZone, b: TimeZone): boolean {
  return a === b || wallClock(at, a) === wallClock(at, b);
}

/** The calendar day in `zone` at this instant. */
export function calendarDateIn(at: Instant | Date, zone: TimeZone): CalendarDate {
  return wallClock(at, zone).slice(0, 10);
}

/** The hour of day in `zone`, 0 to 23. */
export function hourIn(at: Instant, zone: TimeZone): number {
  return Number(wallClock(at, zone).slice(11, 13));
}

/** Moves a calendar day; negative goes back. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` as a clock on the wall in `zone` shows it. */
function wallClock(at: Instant | Date, zone: TimeZone): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}
