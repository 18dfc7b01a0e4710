import { CSV_START, csvLine } from '@careconnect/contracts';
import type { TrailEvent } from './trail.ts';

/** Codes and ids as they are stored, because an auditor compares them; the names are those of today. */
const HEADER = [
  'Time (UTC)',
  'Person',
  'Role',
  'Action',
  'Outcome',
  'Patient',
  'Reason',
  'Kind of thing',
  'Id of the thing',
  'Id of the person',
  'Id of the patient',
  'Ids of the patients shown',
  'Further details',
  'Request',
  'Row',
];

export const TABLE_START = CSV_START + csvLine(HEADER);

export function tableLines(event: TrailEvent): string {
  const {
    id,
    at,
    actor,
    action,
    outcome,
    patient,
    reason,
    entityType,
    entityId,
    shownIds,
    detail,
    requestId,
  } = event;
  return csvLine([
    at.toISOString(),
    actor.name ?? '',
    actor.role,
    action,
    outcome,
    patient?.name ?? '',
    reason ?? '',
    entityType,
    entityId ?? '',
    actor.userId ?? '',
    patient?.id ?? '',
    shownIds.join(' '),
    Object.keys(detail).length === 0 ? '' : JSON.stringify(detail),
    requestId,
    id,
  ]);
}
