import { endpoints, type FoundPatient, type Patient } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** More than a person looks through before they register a new one. */
const SHOWN_AT_MOST = 5;

/**
 * Patients who are registered already with this birth date, and with this name, in any order of its words, or this
 * phone number: a name is spelt in many ways.
 */
export async function findSamePerson(
  api: ApiClient,
  { name, birthDate, phone }: Pick<Patient, 'name' | 'birthDate'> & { readonly phone?: string | undefined },
): Promise<readonly FoundPatient[]> {
  const known = phone === undefined ? [name] : [phone, name];
  const found = await Promise.all(
    known.map(async (part) => {
      const query = { q: `${birthDate} ${part}`, limit: SHOWN_AT_MOST };
      return (await api.call(endpoints.patients.list, { query })).items;
    }),
  );
  const each = new Map(found.flat().map((patient) => [patient.id, patient]));
  return [...each.values()].slice(0, SHOWN_AT_MOST);
}
