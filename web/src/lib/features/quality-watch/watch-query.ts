import { QualityGrade } from '@careconnect/contracts';
import { listFilters, present } from '#lib/features/visit-list/list-query.ts';
import { z } from 'zod';

/** Filters of the page as they stand in the address. */
const WatchQuery = z.object({
  ...listFilters,
  grade: QualityGrade.optional().catch(undefined),
  problems: z.literal('only').optional().catch(undefined),
});
export type WatchQuery = z.infer<typeof WatchQuery>;

export function readWatchQuery(search: URLSearchParams): WatchQuery {
  return present(WatchQuery.parse(Object.fromEntries(search)));
}

/** What live visits are narrowed by: they have no days and no pages. */
export function liveFilter({ q, grade, practitionerId, problems }: WatchQuery): WatchQuery {
  return present({ q, grade, practitionerId, problems });
}
