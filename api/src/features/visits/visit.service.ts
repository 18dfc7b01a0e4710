import type {
  ChatMessage,
  PatientId,
  PractitionerId,
  Visit,
  VisitId,
  VisitMessages,
  VisitRecord,
  VisitState,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import {
  patientIdsOf,
  personAudit,
  type AuditAction,
  type AuditEntry,
  type AuditRow,
} from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { emergencyDetail, type ChartAccess } from '../../core/chart-access.ts';
import { decodeCursor, encodeCursor } from '../../core/instant-cursor.ts';
import { involvementOf } from '../../core/involvement.ts';
import type { OrganizationDays } from '../../core/organization-days.repository.ts';
import { toPage, type Page } from '../../core/page.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { isUnderWay } from '../../core/suspension.ts';
import { createQueueAnswers, type TodaysQueue } from './queue-view.ts';
import type { QueueRepository } from './queue.repository.ts';
import type { StoredVisit } from './stored-visit.ts';
import { visitErrors } from './visit.errors.ts';
import { visitPolicy } from './visit.policy.ts';
import type { ListedVisit, VisitRepository } from './visit.repository.ts';
import { toHistory } from './visit-history.ts';
import { refusedReading, visitReadingOf } from './visit-reading.ts';
import { personMoving, type VisitTransitions } from './visit-transitions.ts';

/** What people have written in a visit. */
export interface WrittenWords {
  count(visit: StoredVisit): Promise<number>;
  /** Those after a sequence number, in order; of more than a page of them the first. */
  page(visit: StoredVisit, afterSequence: number, which: 'first'): Promise<ChatMessage[]>;
}

export interface VisitServiceDeps {
  readonly visits: VisitRepository;
  readonly queues: QueueRepository;
  readonly messages: WrittenWords;
  readonly charts: ChartAccess;
  readonly transitions: VisitTransitions;
  readonly days: OrganizationDays;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface VisitListRequest {
  readonly state?: VisitState | undefined;
  readonly practitionerId?: PractitionerId | undefined;
  readonly patientId?: PatientId | undefined;
  /** Words of the patient's name. */
  readonly q?: string | undefined;
  /** Calendar days of the organization, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface VisitService {
  list(caller: Caller, request: VisitListRequest): Promise<Page<Visit>>;
  /** The queue of one doctor; a doctor's own unless told. */
  today(caller: Caller, practitionerId: PractitionerId | undefined): Promise<TodaysQueue>;
  get(caller: Caller, visitId: VisitId): Promise<Visit>;
  record(caller: Caller, visitId: VisitId): Promise<VisitRecord>;
  /** The messages of the record beyond its first page. */
  recordMessages(caller: Caller, visitId: VisitId, afterSequence: number): Promise<VisitMessages>;
  /** Admits, holds or ends. */
  conduct(caller: Caller, visitId: VisitId, command: 'start' | 'hold' | 'end'): Promise<Visit>;
  /** Takes it out of its queue. */
  cancel(caller: Caller, visitId: VisitId): Promise<Visit>;
}

export function createVisitService(deps: VisitServiceDeps): VisitService {
  const { visits, queues, messages, charts, transitions, days, audit, clock } = deps;
  const answerOf = createQueueAnswers();

  /** A refused attempt is on record, too. */
  async function readable(
    caller: Caller,
    visitId: VisitId,
    action: AuditAction,
    detail: AuditEntry['detail'] = {},
  ): Promise<StoredVisit> {
    const stored = await visits.find(caller.actor.organizationId, visitId);
    if (!stored) throw visitErrors.notFound();
    const { actor } = caller;
    const isTheirs = visitPolicy.mayRead(actor, stored.visit);
    const reading = await visitReadingOf(charts, actor, stored.visit, isTheirs);
    const row = visitAudit(caller, stored, action, reading.isAllowed ? 'success' : 'denied', clock.now());
    await audit.append({ ...row, detail: { ...detail, ...reading.detail } });
    if (!reading.isAllowed) throw refusedReading(actor, visitErrors.notFound);
    return stored;
  }

  async function move(
    caller: Caller,
    visitId: VisitId,
    command: 'start' | 'hold' | 'end' | 'cancel',
    isAllowed: (typeof visitPolicy)['mayConduct'],
  ): Promise<Visit> {
    const stored = await visits.find(caller.actor.organizationId, visitId);
    if (!stored) throw visitErrors.notFound();
    if (!isAllowed(caller.actor, stored.visit)) {
      await audit.append(visitAudit(caller, stored, `visit.${command}`, 'denied', clock.now()));
      throw visitErrors.notFound();
    }
    // What goes on may go on; nothing else begins.
    if (caller.actor.isOrganizationSuspended && !isUnderWay(stored.visit.state))
      throw sessionErrors.organizationSuspended();
    return toVisit(await transitions.apply(personMoving(caller), stored, command));
  }

  async function messagesOf(stored: StoredVisit, afterSequence: number): Promise<VisitMessages> {
    const page = await messages.page(stored, afterSequence, 'first');
    // Counted later than read, so that what is shown is never more than there is.
    return { messages: page, messageCount: await messages.count(stored) };
  }

  return {
    async list(caller, { state, practitionerId, patientId, q = '', from, to, limit, cursor }) {
      const { actor } = caller;
      const { organizationId } = actor;
      const emergency = patientId ? await charts.emergencyOf(actor, patientId) : null;
      const own = emergency ? {} : involvementOf(actor);
      if (!own) return { items: [], nextCursor: null };
      const after = cursor === undefined ? null : decodeCursor(cursor);
      const asked = { ...(patientId && { patientId }), ...(practitionerId && { practitionerId }) };
      const span = await days.span(organizationId, from, to);
      const listed = await visits.list(organizationId, { own, asked, q, state, ...span, limit, after });
      const page = toPage(listed, limit, cursorOf, toVisit);
      const row = personAudit(caller, clock.now(), {
        action: 'visit.list',
        entityType: 'visit',
        entityId: null,
        patientId: patientId ?? null,
        detail: {
          count: page.items.length,
          patientIds: patientIdsOf(page.items),
          ...emergencyDetail(emergency),
        },
      });
      await audit.append(row);
      return page;
    },

    async today(caller, asked) {
      const practitionerId = asked ?? caller.actor.practitionerId;
      if (!practitionerId) throw visitErrors.practitionerMissing();
      if (!visitPolicy.mayWatchQueue(caller.actor, practitionerId)) throw visitErrors.practitionerUnknown();
      const now = clock.now();
      const queue = await queues.read(caller.actor.organizationId, practitionerId, now);
      const shown = queue && answerOf(practitionerId, queue);
      const row = personAudit(caller, now, {
        action: 'queue.read',
        entityType: 'practitioner',
        entityId: practitionerId,
        patientId: null,
        outcome: shown ? 'success' : 'failure',
        detail: { patientIds: shown?.patientIds ?? [] },
      });
      await audit.append(row);
      if (!shown) throw visitErrors.practitionerUnknown();
      return shown.answer;
    },

    async get(caller, visitId) {
      return toVisit(await readable(caller, visitId, 'visit.read'));
    },

    async record(caller, visitId) {
      const stored = await readable(caller, visitId, 'visit.readRecord');
      const [events, chat] = await Promise.all([
        visits.events(stored.organizationId, visitId),
        messagesOf(stored, 0),
      ]);
      return { visit: stored.visit, events: toHistory(stored, events), ...chat };
    },

    async recordMessages(caller, visitId, afterSequence) {
      const stored = await readable(caller, visitId, 'visit.readRecord', { afterSequence });
      return messagesOf(stored, afterSequence);
    },

    conduct: (caller, visitId, command) => move(caller, visitId, command, visitPolicy.mayConduct),
    cancel: (caller, visitId) => move(caller, visitId, 'cancel', visitPolicy.mayCancel),
  };
}

function cursorOf({ listedAt, visit }: ListedVisit): string {
  return encodeCursor({ at: listedAt, id: visit.id });
}

function toVisit({ visit }: StoredVisit): Visit {
  return visit;
}

/** What somebody did, or tried to do, with one visit. */
function visitAudit(
  caller: Caller,
  { visit }: StoredVisit,
  action: AuditAction,
  outcome: 'success' | 'denied',
  at: Date,
): AuditRow {
  const target = { entityType: 'visit', entityId: visit.id, patientId: visit.patient.id };
  return personAudit(caller, at, { action, ...target, outcome });
}
