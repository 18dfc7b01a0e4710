import { CalendarDate, endpoints, type Availability, type Provider } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';
import { addDays, calendarDateIn } from '#lib/time/zone.ts';
import { DAYS_SHOWN } from './slots.ts';

/** The first day of the span that is shown: the wanted day, never before today at the clinic. */
export function firstDayShown(wanted: string | null, today: CalendarDate): CalendarDate {
  const day = CalendarDate.safeParse(wanted);
  return day.success && day.data > today ? day.data : today;
}

/** Free slots of the fortnight that begins at `from`. */
export function loadAvailability(
  api: ApiClient,
  { provider, from }: { provider: Pick<Provider, 'id'>; from: CalendarDate },
): Promise<Availability> {
  return api.call(endpoints.providers.availability, {
    params: { providerId: provider.id },
    query: { from, to: addDays(from, DAYS_SHOWN - 1) },
  });
}

/** The calendar day at the clinic now. */
export function todayAt(provider: Pick<Provider, 'timeZone'>): CalendarDate {
  return calendarDateIn(new Date(), provider.timeZone);
}
