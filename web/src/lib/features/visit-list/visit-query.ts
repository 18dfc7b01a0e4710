import { CalendarDate, PractitionerId, VisitState } from '@careconnect/contracts';
import { z } from 'zod';

/** Filters of the visit list as they stand in the address; what is nonsense there counts as absent. */
const VisitQuery = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  state: VisitState.optional().catch(undefined),
  practitionerId: PractitionerId.optional().catch(undefined),
  from: CalendarDate.optional().catch(undefined),
  to: CalendarDate.optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
});
export type VisitQuery = z.infer<typeof VisitQuery>;

export function readVisitQuery(search: URLSearchParams): VisitQuery {
  const parsed = VisitQuery.parse(Object.fromEntries(search));
  return present(parsed);
}

/** The address part of a query. Any change of a filter starts again at the first page. */
export function writeVisitQuery(query: VisitQuery): string {
  const search = new URLSearchParams(present(query));
  return search.size === 0 ? '?' : `?${search.toString()}`;
}

function present(query: VisitQuery): VisitQuery & Record<string, string> {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as VisitQuery & Record<string, string>;
}
