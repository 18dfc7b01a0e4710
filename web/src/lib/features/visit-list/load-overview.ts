import { endpoints, type CalendarDate, type Me, type Provider, type Visit } from '@careconnect/contracts';
import { loadAllPages, type AllPages } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { addDays, calendarDateIn } from '#lib/time/zone.ts';
import { latestVisits } from './latest-visits.ts';

/** A day above this is counted in part, and the page says so. */
export const COUNTED_AT_MOST = 5_000;

export interface Overview {
  readonly today: CalendarDate;
  readonly visitsToday: AllPages<Visit>;
  readonly latest: readonly Visit[];
  readonly providers: readonly Provider[];
}

/** What the administrator sees first: today in figures, the latest visits, the doctors. */
export async function loadOverview(event: LoadEvent, me: Me): Promise<Overview> {
  const api = loadApi(event);
  const today = calendarDateIn(new Date(), me.organization.timeZone);
  const [visitsToday, before, providers] = await Promise.all([
    loadAllPages<Visit>({
      atMost: COUNTED_AT_MOST,
      load: (cursor) =>
        api.call(endpoints.visits.list, {
          query: { from: today, to: today, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        }),
    }),
    api.call(endpoints.visits.list, { query: { to: addDays(today, -1), limit: 8 } }),
    api.call(endpoints.providers.list),
  ]);
  return {
    today,
    visitsToday,
    latest: latestVisits(visitsToday.items, before.items, new Date()),
    providers: providers.items,
  };
}
