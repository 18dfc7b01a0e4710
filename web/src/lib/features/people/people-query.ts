import { MembershipStatus, Role } from '@careconnect/contracts';
import { listFilters, present } from '#lib/features/visit-list/list-query.ts';
import { z } from 'zod';

const { cursor, q } = listFilters;

/** Filters of the page as they stand in the address. What is nonsense counts as absent. */
const PeopleQuery = z.object({
  q,
  role: Role.optional().catch(undefined),
  status: MembershipStatus.optional().catch(undefined),
  cursor,
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

export function readPeopleQuery(search: URLSearchParams): PeopleQuery {
  return present(PeopleQuery.parse(Object.fromEntries(search)));
}
