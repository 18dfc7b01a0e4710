import type {
  AuditAction,
  AuditOutcome,
  EmergencyAccessId,
  PatientId,
  TrailEntry,
  UserId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { decodeCursor, encodeCursor, type InstantCursor } from '../../core/instant-cursor.ts';
import type { OrganizationDays } from '../../core/organization-days.repository.ts';
import { toPage, type Page } from '../../core/page.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { fhirLines, type FhirPlace } from './fhir-audit-event.ts';
import { trailErrors } from './trail.errors.ts';
import { trailPolicy } from './trail.policy.ts';
import type { TrailRepository } from './trail.repository.ts';
import type { TrailEvent, TrailFilter } from './trail.ts';
import { TABLE_START, tableLines } from './trail-table.ts';

export interface TrailServiceDeps {
  readonly trail: TrailRepository;
  readonly days: OrganizationDays;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly place: FhirPlace;
}

export interface TrailAsked {
  readonly person?: string | undefined;
  readonly personId?: UserId | undefined;
  readonly patient?: string | undefined;
  readonly patientId?: PatientId | undefined;
  readonly action?: AuditAction | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly emergencyAccessId?: EmergencyAccessId | undefined;
  /** Calendar days of the organization, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface TrailService {
  list(
    caller: Caller,
    request: TrailAsked & { limit: number; cursor?: string | undefined },
  ): Promise<Page<TrailEntry>>;
  /** Lines of a table, as they are made. */
  exportTable(caller: Caller, asked: TrailAsked): Promise<AsyncIterable<string>>;
  /** FHIR resources, one a line, as they are made. */
  exportFhir(caller: Caller, asked: TrailAsked): Promise<AsyncIterable<string>>;
}

/** Of one name. Whoever types less of it is asked for more, rather than shown a part of what there is. */
const PEOPLE_OF_A_NAME = 200;
const ROWS_AT_ONCE = 500;

export function createTrailService({ trail, days, audit, clock, place }: TrailServiceDeps): TrailService {
  function authorise({ actor }: Caller): void {
    if (!trailPolicy.maySearch(actor)) throw sessionErrors.notAllowed();
  }

  async function filterOf({ actor: { organizationId } }: Caller, asked: TrailAsked): Promise<TrailFilter> {
    const { person, personId, patient, patientId, action, outcome, emergencyAccessId, from, to } = asked;
    return {
      personIds: await idsOf('person', person, personId, (most) =>
        trail.peopleNamed(organizationId, person ?? '', most),
      ),
      patientIds: await idsOf('patient', patient, patientId, (most) =>
        trail.patientsNamed(organizationId, patient ?? '', most),
      ),
      action,
      outcome,
      emergencyAccessId,
      ...(await days.span(organizationId, from, to)),
    };
  }

  /** What was typed is left out: names do not belong into the trail, whom it has shown does. */
  function record(
    caller: Caller,
    action: AuditEntry['action'],
    asked: TrailAsked,
    shown: readonly TrailEvent[],
  ): Promise<void> {
    const { person: _person, patient: _patient, patientId = null, emergencyAccessId, ...rest } = asked;
    // Under its own name it would say that the search was done under it.
    const kept = { ...rest, askedEmergencyAccessId: emergencyAccessId };
    const codes = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
    const patientIds = [...new Set(shown.flatMap(({ patient }) => (patient ? [patient.id] : [])))];
    const detail = { ...codes, count: shown.length, patientIds };
    const entry = { action, entityType: 'auditEvent', entityId: null, patientId, detail };
    return audit.append(personAudit(caller, clock.now(), entry));
  }

  async function* batches(
    caller: Caller,
    asked: TrailAsked,
    filter: TrailFilter,
  ): AsyncGenerator<TrailEvent[]> {
    for (let after: InstantCursor | null = null; ;) {
      const found = await trail.find(caller.actor.organizationId, filter, { limit: ROWS_AT_ONCE, after });
      // What goes out next is on record before it does.
      await record(caller, 'audit.export', asked, found);
      yield found;
      const last = found.at(-1);
      if (!last || found.length < ROWS_AT_ONCE) return;
      after = { at: last.at, id: last.id };
    }
  }

  async function* lines(
    all: AsyncIterable<TrailEvent[]>,
    start: string,
    write: (event: TrailEvent) => string,
  ): AsyncGenerator<string> {
    yield start;
    for await (const batch of all) yield batch.map(write).join('');
  }

  return {
    async list(caller, { limit, cursor, ...asked }) {
      authorise(caller);
      const after = cursor === undefined ? null : decodeCursor(cursor);
      const filter = await filterOf(caller, asked);
      const found = await trail.find(caller.actor.organizationId, filter, { limit: limit + 1, after });
      await record(caller, 'audit.search', asked, found.slice(0, limit));
      return toPage(found, limit, encodeCursor, toEntry);
    },

    async exportTable(caller, asked) {
      authorise(caller);
      return lines(batches(caller, asked, await filterOf(caller, asked)), TABLE_START, tableLines);
    },

    async exportFhir(caller, asked) {
      authorise(caller);
      const { organizationId } = caller.actor;
      return lines(batches(caller, asked, await filterOf(caller, asked)), '', (event) =>
        fhirLines(event, organizationId, place),
      );
    },
  };
}

function toEntry({ shownIds, detail: _detail, at, ...event }: TrailEvent): TrailEntry {
  return { ...event, at: at.toISOString(), shownPatients: shownIds.length };
}

/** Null where neither a name nor an id was asked for. */
async function idsOf<Id>(
  field: 'person' | 'patient',
  words: string | undefined,
  id: Id | undefined,
  find: (most: number) => Promise<Id[]>,
): Promise<Id[] | null> {
  if (!words) return id === undefined ? null : [id];
  const found = await find(PEOPLE_OF_A_NAME + 1);
  if (found.length > PEOPLE_OF_A_NAME) throw trailErrors.tooManyNames(field, PEOPLE_OF_A_NAME);
  return id === undefined ? found : found.filter((one) => one === id);
}
