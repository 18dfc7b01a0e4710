import { endpoints, type Correction, type Me, type Patient, type PatientId } from '@careconnect/contracts';
import { actingFor } from '#lib/session/acting.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** What is stored of a patient, and how it was corrected. */
export interface OwnDetails {
  readonly patient: Patient;
  readonly corrections: readonly Correction[];
}

/** Of whom this tab is about; null for somebody without a record here. */
export async function loadOwnDetails(event: LoadEvent, me: Me): Promise<OwnDetails | null> {
  const patientId = (actingFor() as PatientId | null) ?? me.patientId;
  if (!patientId) return null;
  const api = loadApi(event);
  const [patient, { corrections }] = await Promise.all([
    api.call(endpoints.patients.get, { params: { patientId } }),
    api.call(endpoints.corrections.list, { params: { patientId } }),
  ]);
  return { patient, corrections };
}
