import { readDayQuery } from '#lib/features/schedule/day-query.ts';
import { loadDay, loadWalkIns } from '#lib/features/schedule/load-day.ts';
import { loadApi } from '#lib/session/page-load.ts';
import { calendarDateIn } from '#lib/time/zone.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const today = calendarDateIn(new Date(), me.organization.timeZone);
  const { day } = readDayQuery(event.url.searchParams, today);
  const api = loadApi(event);
  const [appointments, walkIns] = await Promise.all([
    loadDay(api, { day, practitionerId: null }),
    loadWalkIns(api, day),
  ]);
  return { today, day, appointments, walkIns };
};
