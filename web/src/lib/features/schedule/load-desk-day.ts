import {
  endpoints,
  type Appointment,
  type CalendarDate,
  type Me,
  type Provider,
} from '@careconnect/contracts';
import type { AllPages } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { calendarDateIn } from '#lib/time/zone.ts';
import { readDayQuery, type DayQuery } from './day-query.ts';
import { loadDay } from './load-day.ts';

export interface DeskDay {
  readonly today: CalendarDate;
  readonly query: DayQuery;
  readonly appointments: AllPages<Appointment>;
  readonly providers: readonly Provider[];
}

/** The day of the address as the desk sees it. */
export async function loadDeskDay(event: LoadEvent, me: Me): Promise<DeskDay> {
  const api = loadApi(event);
  const today = calendarDateIn(new Date(), me.organization.timeZone);
  const query = readDayQuery(event.url.searchParams, today);
  const [appointments, providers] = await Promise.all([
    loadDay(api, query),
    api.call(endpoints.providers.list),
  ]);
  return { today, query, appointments, providers: providers.items };
}
