import { endpoints, type Visit } from '@careconnect/contracts';
import { loadAllPages } from '#lib/api/all-pages.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { toCsv } from '#lib/files/csv.ts';
import { m } from '#lib/paraglide/messages.js';
import { visitMinutes } from './visit-minutes.ts';
import { visitOriginName } from './visit-origin-name.ts';
import type { VisitQuery } from './visit-query.ts';
import { visitStateName } from './visit-state-name.ts';

/** More than this is a question for the database, not for a browser. */
export const EXPORT_AT_MOST = 20_000;

export interface VisitExport {
  readonly csv: string;
  /** Older visits did not fit. */
  readonly isCutOff: boolean;
}

/** The visits that the filters let through, newest first, as a CSV file. Instants are UTC, ISO 8601. */
export async function exportVisits(
  api: ApiClient,
  query: VisitQuery,
  onProgress: (loaded: number) => void,
): Promise<VisitExport> {
  const { cursor: _page, ...filter } = query;
  const { items, isCutOff } = await loadAllPages<Visit>({
    atMost: EXPORT_AT_MOST,
    onProgress,
    load: (cursor) =>
      api.call(endpoints.visits.list, {
        query: { ...filter, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
      }),
  });
  return { csv: visitsToCsv(items), isCutOff };
}

function visitsToCsv(visits: readonly Visit[]): string {
  const header = [
    m.csv_visit_id(),
    m.column_status(),
    m.column_origin(),
    m.column_patient(),
    m.column_doctor(),
    m.column_specialty(),
    m.csv_scheduled(),
    m.csv_waiting(),
    m.csv_started(),
    m.csv_ended(),
    m.column_minutes(),
  ];
  return toCsv(header, visits.map(toRow));
}

function toRow(visit: Visit): string[] {
  const minutes = visitMinutes(visit);
  return [
    visit.id,
    visitStateName(visit.state),
    visitOriginName(visit.origin),
    visit.patient.name,
    visit.practitioner.name,
    visit.practitioner.specialty,
    visit.scheduledAt ?? '',
    visit.waitingSince ?? '',
    visit.startedAt ?? '',
    visit.endedAt ?? '',
    minutes === null ? '' : String(minutes),
  ];
}
