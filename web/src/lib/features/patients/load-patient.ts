import { endpoints, PatientId, type PatientIdentity } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** The patient whose id stands in the address. */
export async function loadPatient(event: LoadEvent, patientId: string): Promise<PatientIdentity> {
  const id = PatientId.safeParse(patientId);
  if (!id.success) error(404, m.missing_title());
  return loadApi(event).call(endpoints.patients.identify, { params: { patientId: id.data } });
}
