import {
  endpoints,
  type Appointment,
  type CalendarDate,
  type PractitionerId,
  type Visit,
} from '@careconnect/contracts';
import { loadAllPages, type AllPages } from '#lib/api/all-pages.ts';
import type { ApiClient } from '#lib/api/client.ts';

interface DayOptions {
  readonly day: CalendarDate;
  readonly practitionerId: PractitionerId | null;
}

/** A clinic's day fits on one page for the eye, but not always on one page of the API. */
export const MOST_A_DAY = 1_000;

/** The appointments of one day, by start. */
export async function loadDay(
  api: ApiClient,
  { day, practitionerId }: DayOptions,
): Promise<AllPages<Appointment>> {
  const filter = practitionerId === null ? {} : { practitionerId };
  const { items, isCutOff } = await loadAllPages<Appointment>({
    atMost: MOST_A_DAY,
    load: (cursor) =>
      api.call(endpoints.appointments.list, {
        query: { from: day, to: day, limit: 100, ...filter, ...(cursor === undefined ? {} : { cursor }) },
      }),
  });
  return { items: items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)), isCutOff };
}

/** The reader's own visits without an appointment that were opened on this day, the last one first. */
export async function loadWalkIns(api: ApiClient, day: CalendarDate): Promise<readonly Visit[]> {
  const { items } = await loadAllPages<Visit>({
    atMost: MOST_A_DAY,
    load: (cursor) =>
      api.call(endpoints.visits.list, {
        query: { from: day, to: day, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
      }),
  });
  return items.filter(({ origin }) => origin === 'walk_in');
}
