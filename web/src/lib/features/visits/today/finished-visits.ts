import { endpoints, type CalendarDate, type TimeZone, type Visit } from '@careconnect/contracts';
import { loadAllPages } from '#lib/api/all-pages.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { addDays, calendarDateIn } from '#lib/time/zone.ts';

/** More than a doctor sees in two days. */
const AT_MOST = 400;

/** The doctor's own visits that ended on this day, however they began; the last one first. */
export async function loadFinished(
  api: ApiClient,
  day: CalendarDate,
  zone: TimeZone,
): Promise<readonly Visit[]> {
  const { items } = await loadAllPages<Visit>({
    atMost: AT_MOST,
    load: (cursor) =>
      api.call(endpoints.visits.list, {
        // A visit of yesterday may run past midnight.
        query: { from: addDays(day, -1), to: day, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
      }),
  });
  return finishedOn(items, day, zone);
}

export function finishedOn(visits: readonly Visit[], day: CalendarDate, zone: TimeZone): Visit[] {
  return visits
    .filter(({ endedAt }) => endedAt !== null && calendarDateIn(endedAt, zone) === day)
    .toSorted((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? ''));
}
