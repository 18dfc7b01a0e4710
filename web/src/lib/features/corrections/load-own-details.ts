import { endpoints, type Correction, type Me, type Patient } from '@careconnect/contracts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** What is stored of whoever is signed in, and how it was corrected. */
export interface OwnDetails {
  readonly patient: Patient;
  readonly corrections: readonly Correction[];
}

/** Null for somebody without a record here. */
export async function loadOwnDetails(event: LoadEvent, { patientId }: Me): Promise<OwnDetails | null> {
  if (!patientId) return null;
  const api = loadApi(event);
  const [patient, { corrections }] = await Promise.all([
    api.call(endpoints.patients.get, { params: { patientId } }),
    api.call(endpoints.corrections.list, { params: { patientId } }),
  ]);
  return { patient, corrections };
}
