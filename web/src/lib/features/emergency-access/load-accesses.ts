import { endpoints, type EmergencyAccess } from '@careconnect/contracts';
import { z } from 'zod';
import type { ListPage } from '#lib/api/all-pages.ts';
import { listFilters, present } from '#lib/features/visit-list/list-query.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** Filters of the page as they stand in the address. What is nonsense counts as absent. */
const AccessQuery = z.object({
  review: z.enum(['open', 'done']).optional().catch(undefined),
  cursor: listFilters.cursor,
});
export type AccessQuery = z.infer<typeof AccessQuery>;

export interface LoadedAccesses {
  readonly query: AccessQuery;
  readonly page: ListPage<EmergencyAccess>;
}

export async function loadAccesses(event: LoadEvent): Promise<LoadedAccesses> {
  const query = present(AccessQuery.parse(Object.fromEntries(event.url.searchParams)));
  return { query, page: await loadApi(event).call(endpoints.emergencyAccess.list, { query }) };
}
