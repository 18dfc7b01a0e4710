import { AppointmentId, endpoints } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** One appointment by the id in the address, and how far this device's clock is behind the one that opens its door. */
export async function loadAppointmentPage(event: LoadEvent, appointmentId: string) {
  const id = AppointmentId.safeParse(appointmentId);
  if (!id.success) error(404, m.missing_title());
  const params = { appointmentId: id.data };
  const api = loadApi(event);
  const appointment = await api.call(endpoints.appointments.get, { params });
  return { appointment, clockLagMs: api.clockLagMs };
}
