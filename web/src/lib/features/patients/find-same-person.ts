import { endpoints, type Patient } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** More than a person looks through before they register a new one. */
const SHOWN_AT_MOST = 5;

/** Patients who are registered already with this name, in any order of its words, and this birth date. */
export async function findSamePerson(
  api: ApiClient,
  { name, birthDate }: Pick<Patient, 'name' | 'birthDate'>,
): Promise<readonly Patient[]> {
  const query = { q: `${name} ${birthDate}`, limit: SHOWN_AT_MOST };
  return (await api.call(endpoints.patients.list, { query })).items;
}
