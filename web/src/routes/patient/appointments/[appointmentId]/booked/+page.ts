import { isVisitOver } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import { loadAppointmentPage } from '#lib/features/booking/appointment-page.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const loaded = await loadAppointmentPage(event, event.params.appointmentId);
  const { id, visitState } = loaded.appointment;
  if (isVisitOver(visitState)) redirect(303, `/patient/appointments/${id}`);
  return loaded;
};
