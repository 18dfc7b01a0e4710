import { CalendarDate, PractitionerId } from '@careconnect/contracts';

/** Which day of whose appointments is shown, as it stands in the address. */
export interface DayQuery {
  readonly day: CalendarDate;
  readonly practitionerId: PractitionerId | null;
}

/** Reads `?day=&doctor=`; what is missing or nonsense becomes today and everyone. */
export function readDayQuery(search: URLSearchParams, today: CalendarDate): DayQuery {
  const day = CalendarDate.safeParse(search.get('day'));
  const practitionerId = PractitionerId.safeParse(search.get('doctor'));
  return {
    day: day.success ? day.data : today,
    practitionerId: practitionerId.success ? practitionerId.data : null,
  };
}

/** The address part of a query; today and everyone need not be said. */
export function writeDayQuery({ day, practitionerId }: DayQuery, today: CalendarDate): string {
  const search = new URLSearchParams();
  if (day !== today) search.set('day', day);
  if (practitionerId !== null) search.set('doctor', practitionerId);
  return search.size === 0 ? '?' : `?${search.toString()}`;
}
