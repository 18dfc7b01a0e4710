import { CalendarDate, PractitionerId, QualityGrade } from '@careconnect/contracts';
import { z } from 'zod';

/** Filters of the page as they stand in the address; what is nonsense there counts as absent. */
const WatchQuery = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  grade: QualityGrade.optional().catch(undefined),
  practitionerId: PractitionerId.optional().catch(undefined),
  problems: z.literal('only').optional().catch(undefined),
  from: CalendarDate.optional().catch(undefined),
  to: CalendarDate.optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
});
export type WatchQuery = z.infer<typeof WatchQuery>;

export function readWatchQuery(search: URLSearchParams): WatchQuery {
  return present(WatchQuery.parse(Object.fromEntries(search)));
}

/** The address part of a query. */
export function writeWatchQuery(query: WatchQuery): string {
  return `?${new URLSearchParams(present(query)).toString()}`;
}

/** What live visits are narrowed by: they have no days and no pages. */
export function liveFilter({ q, grade, practitionerId, problems }: WatchQuery): WatchQuery {
  return present({ q, grade, practitionerId, problems });
}

function present(query: WatchQuery): WatchQuery & Record<string, string> {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as WatchQuery & Record<string, string>;
}
