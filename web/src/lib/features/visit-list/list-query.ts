import { CalendarDate, PractitionerId } from '@careconnect/contracts';
import { z } from 'zod';

/** What every list of visits is filtered by. What is nonsense in the address counts as absent. */
export const listFilters = {
  q: z.string().trim().max(200).optional().catch(undefined),
  practitionerId: PractitionerId.optional().catch(undefined),
  from: CalendarDate.optional().catch(undefined),
  to: CalendarDate.optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
};
export type ListQuery = z.infer<z.ZodObject<typeof listFilters>>;

/** The address part of a query. Any change of a filter starts again at the first page. */
export function writeListQuery(query: ListQuery): string {
  return `?${new URLSearchParams(present(query)).toString()}`;
}

/** Only the filters that are set. */
export function present<Query extends ListQuery>(query: Query): Query & Record<string, string> {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Query & Record<string, string>;
}
