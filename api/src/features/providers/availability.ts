import { isoWeekday, type ZoneClock } from '../../core/zone-clock.ts';

const MINUTE_MS = 60_000;

/** How far ahead of now anything can be booked, in days. */
export const BOOKING_WINDOW_DAYS = 60;

/** Part of a day. Minutes count from midnight in the practitioner's zone; 1440 is the end of the day. */
interface DayPart {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Working hours that come back every week. */
export interface WeeklyRule extends DayPart {
  /** ISO weekday, 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  readonly slotMinutes: number;
  /** First and last day on which the rule holds, as days since 1970-01-01. */
  readonly validFromDay: number;
  readonly validToDay: number;
}

/** What one day has differently: time off, or hours on top of the weekly ones. */
export type DayException = DayPart & { readonly epochDay: number } & (
    { readonly kind: 'closed' } | { readonly kind: 'extra'; readonly slotMinutes: number }
  );

/** A span of time in milliseconds since the epoch; `end` is not part of it. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** All that decides when a practitioner can be booked. */
export interface Calendar {
  /** IANA zone. */
  readonly timeZone: string;
  readonly rules: readonly WeeklyRule[];
  readonly exceptions: readonly DayException[];
  /** What is booked, by start; no two of them overlap. */
  readonly busy: readonly TimeSpan[];
}

/**
 * The free slots of a practitioner between two days of their own calendar, both included, by start.
 *
 * A slot lasts its minutes of real time: on the day the clocks go forward an opening has fewer slots, on the
 * day they go back it has more. Slots never overlap; none starts before `now` or beyond the
 * {@link BOOKING_WINDOW_DAYS}. Time off wins over everything: nobody is booked to a doctor who said they are
 * away.
 */
export function* freeSlots(
  calendar: Calendar,
  fromDay: number,
  toDay: number,
  now: number,
  zones: ZoneClock,
): Generator<TimeSpan, void> {
  const today = zones.epochDayAt(calendar.timeZone, now);
  const lastDay = Math.min(toDay, today + BOOKING_WINDOW_DAYS);
  let freeFrom = now;
  for (let day = Math.max(fromDay, today); day <= lastDay; day += 1) {
    const closures = closuresOf(calendar, day, zones);
    for (const slot of slotsOfDay(calendar, day, zones)) {
      if (slot.start < freeFrom || touchesOne(slot, calendar.busy)) continue;
      if (closures.some((closure) => overlap(closure, slot))) continue;
      freeFrom = slot.end;
      yield slot;
    }
  }
}

/**
 * The slot that begins at this instant, when the practitioner's hours have one: in the future, inside the
 * booking window and not in their time off. Whether it is still free, the database decides.
 */
export function offeredSlot(
  calendar: Calendar,
  startsAt: number,
  now: number,
  zones: ZoneClock,
): TimeSpan | null {
  const { timeZone } = calendar;
  const day = zones.epochDayAt(timeZone, startsAt);
  if (startsAt < now || day > zones.epochDayAt(timeZone, now) + BOOKING_WINDOW_DAYS) return null;
  const closures = closuresOf(calendar, day, zones);
  const isOpen = (slot: TimeSpan) => !closures.some((closure) => overlap(closure, slot));
  const slots = slotsOfDay(calendar, day, zones).filter(({ start }) => start === startsAt);
  return slots.find(isOpen) ?? null;
}

/** Every slot of a day, free or not, by start; slots of overlapping openings may overlap. */
function slotsOfDay({ timeZone, rules, exceptions }: Calendar, day: number, zones: ZoneClock): TimeSpan[] {
  const slots: TimeSpan[] = [];
  let openings = 0;
  const cut = (part: DayPart & { readonly slotMinutes: number }) => {
    const length = part.slotMinutes * MINUTE_MS;
    const end = zones.firstInstantAt(timeZone, day, part.endMinute);
    let start = zones.firstInstantAt(timeZone, day, part.startMinute);
    for (; start + length <= end; start += length) slots.push({ start, end: start + length });
    openings += 1;
  };
  const weekday = isoWeekday(day);
  for (const rule of rules) {
    if (rule.weekday === weekday && rule.validFromDay <= day && day <= rule.validToDay) cut(rule);
  }
  for (const exception of exceptions) {
    if (exception.kind === 'extra' && exception.epochDay === day) cut(exception);
  }
  return openings > 1 ? slots.sort((a, b) => a.start - b.start) : slots;
}

function closuresOf({ timeZone, exceptions }: Calendar, day: number, zones: ZoneClock): TimeSpan[] {
  return exceptions
    .filter(({ kind, epochDay }) => kind === 'closed' && epochDay === day)
    .map(({ startMinute, endMinute }) => ({
      start: zones.firstInstantAt(timeZone, day, startMinute),
      end: zones.firstInstantAt(timeZone, day, endMinute),
    }));
}

function overlap(one: TimeSpan, other: TimeSpan): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Spans that never overlap have sorted ends as well as sorted starts, so the only candidate is found by halving. */
function touchesOne({ start, end }: TimeSpan, busy: readonly TimeSpan[]): boolean {
  let low = 0;
  let high = busy.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((busy[middle]?.end ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  const next = busy[low];
  return next !== undefined && next.start < end;
}
