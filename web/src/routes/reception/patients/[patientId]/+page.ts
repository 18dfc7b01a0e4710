import { endpoints, PatientId } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const id = PatientId.safeParse(event.params.patientId);
  if (!id.success) error(404, m.missing_title());
  const params = { patientId: id.data };
  const api = loadApi(event);
  const [patient, { corrections }] = await Promise.all([
    api.call(endpoints.patients.get, { params }),
    api.call(endpoints.corrections.list, { params }),
  ]);
  return { patient, corrections };
};
