import { endpoints } from '@careconnect/contracts';
import { readDayQuery } from '#lib/features/schedule/day-query.ts';
import { loadDay } from '#lib/features/schedule/load-day.ts';
import { loadApi } from '#lib/session/page-load.ts';
import { calendarDateIn } from '#lib/time/zone.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const api = loadApi(event);
  const today = calendarDateIn(new Date(), me.organization.timeZone);
  const query = readDayQuery(event.url.searchParams, today);
  const [appointments, providers] = await Promise.all([
    loadDay(api, query),
    api.call(endpoints.providers.list),
  ]);
  return { today, query, appointments, providers: providers.items };
};
