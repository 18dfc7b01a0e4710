import {
  LIVE_HISTORY_MS,
  LIVE_VISITS_MAX,
  type QualityGrade,
  type GradedVisit,
  type LiveQuality,
  type Visit,
  type VisitId,
  type WatchedQuality,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import type { AlertRules } from '../../core/alert-rules.ts';
import { patientIdsOf, personAudit, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { decodeCursor, encodeCursor, type InstantCursor } from '../../core/instant-cursor.ts';
import type { OrganizationDays } from '../../core/organization-days.repository.ts';
import type { Page } from '../../core/page.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { gradeLive, type GradedLive, type WatchedVisit } from './live-quality.ts';
import { gradeBegun } from './graded-visit.ts';
import { isWanted, isWantedLive, type QualityFilter } from './quality-filter.ts';
import { qualityPolicy } from './quality.policy.ts';
import type { StoredSample } from './quality-sample.ts';
import { qualityTable, type TableVisit } from './quality-table.ts';
import { LIVE_STATES, type BegunVisit, type QualityWatchRepository } from './quality-watch.repository.ts';
import type { QualityService } from './quality.service.ts';
import { createWatchMemory } from './watch-memory.ts';

export interface QualityWatchServiceDeps {
  readonly watched: QualityWatchRepository;
  readonly quality: Pick<QualityService, 'watchVisit'>;
  readonly rules: AlertRules;
  readonly days: OrganizationDays;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface DaysAsked extends QualityFilter {
  /** Calendar days of the organization, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface QualityWatchService {
  live(caller: Caller, filter: QualityFilter): Promise<LiveQuality>;
  list(
    caller: Caller,
    request: DaysAsked & { limit: number; cursor?: string | undefined },
  ): Promise<Page<GradedVisit>>;
  visit(caller: Caller, visitId: VisitId): Promise<WatchedQuality>;
  /** Lines of a table, as they are made. */
  export(caller: Caller, request: DaysAsked): Promise<AsyncIterable<string>>;
}

const OVER = ['ended', 'summarised'] as const;
/** Visits whose samples are in memory together; an hour of two people is 1,500 rows. */
const BATCH = 10;
/** A page asks no further for visits that the filters let through. */
const BATCHES_A_PAGE = 10;

export function createQualityWatchService(deps: QualityWatchServiceDeps): QualityWatchService {
  const { watched, quality, rules, days, audit, clock } = deps;
  const memory = createWatchMemory(clock);

  function authorise({ actor }: Caller): void {
    if (!qualityPolicy.mayWatch(actor)) throw sessionErrors.notAllowed();
  }

  function record(
    caller: Caller,
    action: AuditEntry['action'],
    shown: readonly Pick<WatchedVisit, 'patient'>[],
  ): Promise<void> {
    const detail = { count: shown.length, patientIds: patientIdsOf(shown) };
    const entry = { action, entityType: 'visit', entityId: null, patientId: null, detail };
    return audit.append(personAudit(caller, clock.now(), entry));
  }

  async function gradeNow(visits: readonly WatchedVisit[], now: Date): Promise<GradedLive[]> {
    const ids = visits.map(({ visitId }) => visitId);
    const samples = await watched.samples(ids, historyOf(now));
    return visits.map((visit) => gradeLive(visit, samples.get(visit.visitId) ?? [], { now, rules }));
  }

  function gradeRow(visit: WatchedVisit, samples: readonly StoredSample[], now: Date): TableVisit {
    const recent = samples.filter(({ at }) => at > historyOf(now));
    return {
      whole: gradeBegun(visit, samples),
      now: isLive(visit) ? gradeLive(visit, recent, { now, rules }).visit : null,
    };
  }

  /** Those that the filters let through, batch after batch, each with where it leaves off. */
  async function* graded(
    { actor }: Caller,
    asked: DaysAsked,
    states: readonly WatchedVisit['state'][],
    from: InstantCursor | null,
  ): AsyncGenerator<{ visits: TableVisit[]; last: BegunVisit | null }> {
    const span = await days.span(actor.organizationId, asked.from, asked.to);
    const filter = { states, practitionerId: asked.practitionerId, q: asked.q ?? '', ...span, limit: BATCH };
    for (let after = from; ;) {
      const begun = await watched.begun(actor.organizationId, { ...filter, after });
      const ids = begun.map(({ visitId }) => visitId);
      const samples = await watched.samples(ids, null);
      const at = clock.now();
      const all = begun.map((visit) => gradeRow(visit, samples.get(visit.visitId) ?? [], at));
      const last = begun.length < BATCH ? null : (begun.at(-1) ?? null);
      // What goes on is chosen by how it is now, as in the list of live visits.
      yield {
        visits: all.filter(({ whole, now }) => (now ? isWantedLive(now, asked) : isWanted(whole, asked))),
        last,
      };
      if (!last) return;
      after = { at: last.listedAt, id: last.visitId };
    }
  }

  return {
    async live(caller, filter) {
      authorise(caller);
      const now = clock.now();
      const all = await gradeNow(await watched.live(caller.actor.organizationId), now);
      const shown = all.slice(0, LIVE_VISITS_MAX);
      // Whoever keeps looking at the same people is on record with the look that began it.
      const visits = shown.map(({ visit }) => visit);
      const look = { userId: caller.actor.userId, visitId: null };
      if (memory.isNews(look, visits)) {
        await record(caller, 'quality.watch', visits);
        memory.remember(look, visits);
      }
      return {
        at: now.toISOString(),
        counts: countGrades(shown),
        alerts: shown.flatMap(({ alerts }) => alerts),
        visits: visits.filter((visit) => isWantedLive(visit, filter)),
        isCutOff: all.length > shown.length,
      };
    },

    async list(caller, { limit, cursor, ...asked }) {
      authorise(caller);
      const items: GradedVisit[] = [];
      let nextCursor: string | null = null;
      let batches = 0;
      for await (const { visits, last } of graded(
        caller,
        asked,
        OVER,
        cursor === undefined ? null : decodeCursor(cursor),
      )) {
        items.push(...visits.map(({ whole }) => whole));
        batches += 1;
        nextCursor = last && encodeCursor({ at: last.listedAt, id: last.visitId });
        if (items.length + BATCH > limit || batches >= BATCHES_A_PAGE) break;
      }
      await record(caller, 'quality.list', items);
      return { items, nextCursor };
    },

    async visit(caller, visitId) {
      authorise(caller);
      const now = clock.now();
      const { visit, quality: whole } = await quality.watchVisit(caller, visitId);
      const live = await watched.liveOne(caller.actor.organizationId, visitId);
      const [graded = null] = live ? await gradeNow([live], now) : [];
      return {
        at: now.toISOString(),
        visit: toHead(visit),
        quality: whole,
        now: graded && { visit: graded.visit, alerts: [...graded.alerts] },
      };
    },

    async export(caller, asked) {
      authorise(caller);
      const batches = graded(caller, asked, [...LIVE_STATES, ...OVER], null);
      // What goes out next is on record before it does.
      return qualityTable(batches, ({ visits }) =>
        record(
          caller,
          'quality.export',
          visits.map(({ whole }) => whole),
        ),
      );
    },
  };
}

/** What names a visit, and nothing that somebody who looks at its connections need not know. */
function toHead({ id, state, origin, patient, practitioner }: Visit): WatchedQuality['visit'] {
  return {
    id,
    state,
    origin,
    patient: { id: patient.id, name: patient.name },
    practitioner: { id: practitioner.id, name: practitioner.name },
  };
}

function historyOf(now: Date): Date {
  return new Date(now.getTime() - LIVE_HISTORY_MS);
}

function isLive({ state }: WatchedVisit): boolean {
  return LIVE_STATES.some((live) => live === state);
}

function countGrades(all: readonly GradedLive[]): LiveQuality['counts'] {
  const of = (grade: QualityGrade) => all.filter(({ visit }) => visit.grade === grade).length;
  return {
    'exam-grade': of('exam-grade'),
    'audio-only': of('audio-only'),
    inadequate: of('inadequate'),
    unknown: of('unknown'),
  };
}
