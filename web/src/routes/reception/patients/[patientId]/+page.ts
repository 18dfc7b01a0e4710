import { endpoints } from '@careconnect/contracts';
import { loadPatient } from '#lib/features/patients/load-patient.ts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const patient = await loadPatient(event, event.params.patientId);
  const params = { patientId: patient.id };
  return { patient, ...(await loadApi(event).call(endpoints.corrections.list, { params })) };
};
