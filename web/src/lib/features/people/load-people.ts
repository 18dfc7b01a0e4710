import { endpoints, type Invitation, type Person } from '@careconnect/contracts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { readPeopleQuery, type PeopleQuery } from './people-query.ts';

export interface LoadedPeople {
  readonly query: PeopleQuery;
  readonly page: ListPage<Person>;
  readonly invitations: readonly Invitation[];
}

export async function loadPeople(event: LoadEvent): Promise<LoadedPeople> {
  const query = readPeopleQuery(event.url.searchParams);
  const api = loadApi(event);
  const [page, { invitations }] = await Promise.all([
    api.call(endpoints.people.list, { query: { ...query, limit: 50 } }),
    api.call(endpoints.invitations.list),
  ]);
  return { query, page, invitations };
}
