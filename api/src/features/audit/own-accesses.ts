import type { OrganizationId, PatientId, UserId } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import { toAuditEvents, type FhirPlace } from './fhir-audit-event.ts';
import type { TrailRepository } from './trail.repository.ts';
import type { TrailEvent, TrailFilter } from './trail.ts';

interface Owner {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  /** Null for who has no account. */
  readonly userId: UserId | null;
}

export interface OwnAccessesDeps {
  readonly trail: Pick<TrailRepository, 'find'>;
  readonly place: FhirPlace;
}

const ROWS_AT_ONCE = 500;
const EVERYTHING = {
  action: undefined,
  emergencyAccessId: undefined,
  outcome: 'success',
  from: undefined,
  until: undefined,
} as const;

/**
 * What was done with a patient's record, and what they did themselves, for them to keep. Of a list that they were shown in,
 * it tells neither who else was in it nor what was looked for.
 */
export function createOwnAccesses({ trail, place }: OwnAccessesDeps) {
  async function* found(organizationId: OrganizationId, filter: TrailFilter): AsyncGenerator<TrailEvent> {
    for (let after: InstantCursor | null = null; ;) {
      const rows = await trail.find(organizationId, filter, { limit: ROWS_AT_ONCE, after });
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) return;
      after = { at: last.at, id: last.id };
    }
  }

  return async function* ownAccesses({
    organizationId,
    patientId,
    userId,
  }: Owner): AsyncGenerator<FhirResource> {
    const isAboutThem = ({ patient, shownIds }: TrailEvent) =>
      patient?.id === patientId || shownIds.includes(patientId);
    const own = { id: patientId, name: null };
    const aboutThem = { ...EVERYTHING, personIds: null, patientIds: [patientId] };
    for await (const event of found(organizationId, aboutThem)) {
      const told = { ...event, patient: own, shownIds: [], detail: {} };
      yield* toAuditEvents(told, organizationId, place);
    }
    if (userId === null) return;
    const byThem = { ...EVERYTHING, personIds: [userId], patientIds: null };
    for await (const event of found(organizationId, byThem)) {
      if (isAboutThem(event)) continue;
      yield* toAuditEvents({ ...event, patient: null, shownIds: [], detail: {} }, organizationId, place);
    }
  };
}
