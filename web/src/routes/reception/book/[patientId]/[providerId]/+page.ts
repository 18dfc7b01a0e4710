import { loadBookingPage } from '#lib/features/booking/booking-page.ts';
import { loadPatient } from '#lib/features/patients/load-patient.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const [patient, booking] = await Promise.all([
    loadPatient(event, event.params.patientId),
    loadBookingPage(event, event.params.providerId),
  ]);
  return { patient, ...booking };
};
