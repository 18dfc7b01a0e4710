import { AuditAction, AuditOutcome, EmergencyAccessId, PatientId, UserId } from '@careconnect/contracts';
import { listFilters, present } from '#lib/features/visit-list/list-query.ts';
import { z } from 'zod';

const { from, to, cursor, q: words } = listFilters;

/** Filters of the page as they stand in the address. What is nonsense counts as absent. */
const TrailQuery = z.object({
  person: words,
  personId: UserId.optional().catch(undefined),
  patient: words,
  patientId: PatientId.optional().catch(undefined),
  action: AuditAction.optional().catch(undefined),
  outcome: AuditOutcome.optional().catch(undefined),
  emergencyAccessId: EmergencyAccessId.optional().catch(undefined),
  from,
  to,
  cursor,
});
export type TrailQuery = z.infer<typeof TrailQuery>;

export function readTrailQuery(search: URLSearchParams): TrailQuery {
  return present(TrailQuery.parse(Object.fromEntries(search)));
}
