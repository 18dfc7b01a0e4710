import { endpoints, type Appointment, type Me, type Visit } from '@careconnect/contracts';
import { loadAllPages, type AllPages, type ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { addDays, calendarDateIn } from '#lib/time/zone.ts';

/** More appointments ahead than this are not looked through on a phone; the page says that there are more. */
export const APPOINTMENTS_AT_MOST = 200;

export interface PatientHome {
  /** From yesterday on. */
  readonly appointments: AllPages<Appointment>;
  /** Newest first, with the way to earlier ones. */
  readonly visits: ListPage<Visit>;
  /** How far this device's clock is behind the one that opens the waiting room, in ms. */
  readonly clockLagMs: number;
}

/** What a patient's own page needs. */
export async function loadHome(event: LoadEvent, me: Me): Promise<PatientHome> {
  const api = loadApi(event);
  // Yesterday's are asked for too: a visit may run past midnight.
  const from = addDays(calendarDateIn(new Date(), me.organization.timeZone), -1);
  const [appointments, visits] = await Promise.all([
    loadAllPages<Appointment>({
      atMost: APPOINTMENTS_AT_MOST,
      load: (cursor) =>
        api.call(endpoints.appointments.list, {
          query: { from, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        }),
    }),
    api.call(endpoints.visits.list, { query: { limit: 50 } }),
  ]);
  return { appointments, visits, clockLagMs: api.clockLagMs };
}
