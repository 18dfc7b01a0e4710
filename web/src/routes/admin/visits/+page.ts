import { endpoints } from '@careconnect/contracts';
import { readVisitQuery } from '#lib/features/visit-list/visit-query.ts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const api = loadApi(event);
  const query = readVisitQuery(event.url.searchParams);
  const [visits, providers] = await Promise.all([
    api.call(endpoints.visits.list, { query: { ...query, limit: 25 } }),
    api.call(endpoints.providers.list),
  ]);
  return { query, visits, providers: providers.items };
};
