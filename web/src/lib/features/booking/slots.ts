import type { CalendarDate, Slot, TimeZone } from '@careconnect/contracts';
import { addDays, calendarDateIn, hourIn } from '#lib/time/zone.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export interface SlotGroup {
  readonly part: PartOfDay;
  readonly slots: readonly Slot[];
}

export interface DayOfSlots {
  readonly date: CalendarDate;
  readonly slots: readonly Slot[];
}

/** How many days one look at the calendar covers. */
export const DAYS_SHOWN = 14;

/** Every day of the span in order, free or not, with its slots by the clinic's calendar. */
export function slotsByDay(
  slots: readonly Slot[],
  { from, zone, days = DAYS_SHOWN }: { from: CalendarDate; zone: TimeZone; days?: number },
): DayOfSlots[] {
  const byDate = Map.groupBy(slots, ({ startsAt }) => calendarDateIn(startsAt, zone));
  return Array.from({ length: days }, (_, offset) => {
    const date = addDays(from, offset);
    return { date, slots: byDate.get(date) ?? [] };
  });
}

/** The slots of one day as people speak of a day; parts without a slot are left out. */
export function groupByPartOfDay(slots: readonly Slot[], zone: TimeZone): SlotGroup[] {
  const byPart = Map.groupBy(slots, ({ startsAt }) => partOfDay(hourIn(startsAt, zone)));
  return PARTS.flatMap((part) => {
    const ofPart = byPart.get(part);
    return ofPart === undefined ? [] : [{ part, slots: ofPart }];
  });
}

/** The day to open first: the wanted one where it is shown, else the first with something free. */
export function dayToOpen(days: readonly DayOfSlots[], wanted: string | null): DayOfSlots | null {
  return (
    days.find(({ date }) => date === wanted) ?? days.find(({ slots }) => slots.length > 0) ?? days[0] ?? null
  );
}

const PARTS = ['morning', 'afternoon', 'evening'] as const satisfies readonly PartOfDay[];
const AFTERNOON_FROM_HOUR = 12;
const EVENING_FROM_HOUR = 17;

function partOfDay(hour: number): PartOfDay {
  if (hour < AFTERNOON_FROM_HOUR) return 'morning';
  return hour < EVENING_FROM_HOUR ? 'afternoon' : 'evening';
}
