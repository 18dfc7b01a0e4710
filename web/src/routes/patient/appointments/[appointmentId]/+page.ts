import { loadAppointmentPage } from '#lib/features/booking/appointment-page.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = (event) => loadAppointmentPage(event, event.params.appointmentId);
