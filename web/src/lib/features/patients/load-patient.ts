import { endpoints, PatientId, type Patient } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** The patient whose id stands in the address. */
export async function loadPatient(event: LoadEvent, patientId: string): Promise<Patient> {
  const id = PatientId.safeParse(patientId);
  if (!id.success) error(404, m.missing_title());
  return loadApi(event).call(endpoints.patients.get, { params: { patientId: id.data } });
}
