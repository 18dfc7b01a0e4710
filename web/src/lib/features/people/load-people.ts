import { endpoints, type Invitation, type Location, type Me, type Person } from '@careconnect/contracts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { readPeopleQuery, type PeopleQuery } from './people-query.ts';

export interface LoadedPeople {
  readonly query: PeopleQuery;
  readonly page: ListPage<Person>;
  readonly invitations: readonly Invitation[];
  readonly locations: readonly Location[];
}

/** Those who run the platform are not divided into departments. */
export async function loadPeople(event: LoadEvent, { role }: Pick<Me, 'role'>): Promise<LoadedPeople> {
  const query = readPeopleQuery(event.url.searchParams);
  const api = loadApi(event);
  const [page, { invitations }, divided] = await Promise.all([
    api.call(endpoints.people.list, { query: { ...query, limit: 50 } }),
    api.call(endpoints.invitations.list),
    role === 'platformAdmin' ? null : api.call(endpoints.departments.list),
  ]);
  return { query, page, invitations, locations: divided?.locations ?? [] };
}
