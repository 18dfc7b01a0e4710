import { endpoints, type OpenClinic } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';

/** Clinics at which people may make an account by themselves. */
export async function loadClinics(fetch: typeof globalThis.fetch): Promise<readonly OpenClinic[]> {
  return (await createApiClient(fetch).call(endpoints.registrations.clinics)).clinics;
}
