import { endpoints } from '@careconnect/contracts';
import { loadPatient } from '#lib/features/patients/load-patient.ts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const [patient, providers] = await Promise.all([
    loadPatient(event, event.params.patientId),
    loadApi(event).call(endpoints.providers.list),
  ]);
  return { patient, providers: providers.items };
};
