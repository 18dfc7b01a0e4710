import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MAX_DAYS_A_ZONE = 4_000;

/**
 * Converts between instants and wall time. Days are counted from 1970-01-01, minutes from midnight, and
 * instants are milliseconds since the epoch, so that a hot path works in plain numbers.
 */
export interface ZoneClock {
  /** The first instant at which the clocks of `zone` read this wall time or a later one of that day. */
  firstInstantAt(zone: string, epochDay: number, minuteOfDay: number): number;
  /** The calendar day on which `instantMs` falls in `zone`. */
  epochDayAt(zone: string, instantMs: number): number;
}

/**
 * Remembers the offset at each UTC midnight. Around a day without a clock change one offset holds, so a
 * conversion is an addition; only on the few days beside a change is the time zone database asked.
 */
export function createZoneClock(): ZoneClock {
  const offsetsByZone = new Map<string, Map<number, number>>();

  function offsetAtMidnight(zone: string, epochDay: number): number {
    let offsets = offsetsByZone.get(zone);
    if (!offsets) offsetsByZone.set(zone, (offsets = new Map<number, number>()));
    let offset = offsets.get(epochDay);
    if (offset === undefined) {
      if (offsets.size >= MAX_DAYS_A_ZONE) offsets.clear();
      offset = offsetMsAt(zone, epochDay * DAY_MS);
      offsets.set(epochDay, offset);
    }
    return offset;
  }

  /** The one offset from the UTC midnight before to two after, or null when it changes in between. */
  function steadyOffset(zone: string, epochDay: number): number | null {
    const before = offsetAtMidnight(zone, epochDay - 1);
    return before === offsetAtMidnight(zone, epochDay + 2) ? before : null;
  }

  return {
    firstInstantAt(zone, epochDay, minuteOfDay) {
      const asUtc = epochDay * DAY_MS + minuteOfDay * MINUTE_MS;
      const offset = steadyOffset(zone, epochDay);
      return offset === null ? firstInstantNearChange(zone, asUtc) : asUtc - offset;
    },
    epochDayAt(zone, instantMs) {
      const utcDay = Math.floor(instantMs / DAY_MS);
      const offset = steadyOffset(zone, utcDay) ?? offsetMsAt(zone, instantMs);
      return Math.floor((instantMs + offset) / DAY_MS);
    },
  };
}

function offsetMsAt(zone: string, instantMs: number): number {
  return zonedAt(zone, instantMs).offsetNanoseconds / 1e6;
}

function zonedAt(zone: string, instantMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
}

// A wall time that the clocks show twice means its first time; one that they skip means the change.
function firstInstantNearChange(zone: string, asUtc: number): number {
  const wall = zonedAt('UTC', asUtc).toPlainDateTime();
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  const change = earlier.getTimeZoneTransition('next');
  return (change ?? wall.toZonedDateTime(zone, { disambiguation: 'later' })).epochMilliseconds;
}

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`. */
export function toEpochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** ISO weekday of a day, 1 for Monday to 7 for Sunday. */
export function isoWeekday(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}
