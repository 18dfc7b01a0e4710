import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import { addDays, calendarDateIn } from '#lib/time/zone.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const api = loadApi(event);
  const { me } = await event.parent();
  // Yesterday's are asked for too: a visit may run past midnight.
  const from = addDays(calendarDateIn(new Date(), me.organization.timeZone), -1);
  const [appointments, visits] = await Promise.all([
    api.call(endpoints.appointments.list, { query: { from, limit: 50 } }),
    api.call(endpoints.visits.list, { query: { limit: 50 } }),
  ]);
  return { appointments: appointments.items, visits: visits.items };
};
