import { endpoints, type Visit } from '@careconnect/contracts';
import { loadAllPages } from '#lib/api/all-pages.ts';
import { loadApi } from '#lib/session/page-load.ts';
import { calendarDateIn } from '#lib/time/zone.ts';
import type { PageLoad } from './$types';

const MOST_A_DAY = 5_000;

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const api = loadApi(event);
  const today = calendarDateIn(new Date(), me.organization.timeZone);
  const [visitsToday, latest, providers] = await Promise.all([
    loadAllPages<Visit>({
      atMost: MOST_A_DAY,
      load: (cursor) =>
        api.call(endpoints.visits.list, {
          query: { from: today, to: today, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        }),
    }),
    api.call(endpoints.visits.list, { query: { limit: 8 } }),
    api.call(endpoints.providers.list),
  ]);
  return { today, visitsToday, latest: latest.items, providers: providers.items };
};
