import { VisitState } from '@careconnect/contracts';
import { z } from 'zod';
import { listFilters, present } from './list-query.ts';

/** Filters of the visit list as they stand in the address. */
const VisitQuery = z.object({ ...listFilters, state: VisitState.optional().catch(undefined) });
export type VisitQuery = z.infer<typeof VisitQuery>;

export function readVisitQuery(search: URLSearchParams): VisitQuery {
  return present(VisitQuery.parse(Object.fromEntries(search)));
}
