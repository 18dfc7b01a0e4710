import {
  LIVE_VISITS_MAX,
  type OrganizationId,
  type PatientId,
  type PractitionerId,
  type SeatId,
  type VisitId,
  type VisitState,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import { nameHasWords } from '../../core/name-words.repository.ts';
import { prepared } from '../../core/prepared.ts';
import type { WatchedVisit } from './live-quality.ts';
import type { StoredSample } from './quality-sample.ts';
import { SAMPLE_COLUMNS, toSample, type SampleRow } from './quality-row.repository.ts';

export interface BegunFilter {
  readonly states: readonly VisitState[];
  readonly practitionerId: PractitionerId | undefined;
  /** Words of the patient's name; empty for any. */
  readonly q: string;
  readonly from: Date | undefined;
  /** Not part of the span. */
  readonly until: Date | undefined;
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface BegunVisit extends WatchedVisit {
  /** What the list is ordered by. */
  readonly listedAt: Date;
}

export interface QualityWatchRepository {
  /** Those that go on right now, oldest first; of every organization where none is named. */
  live(organizationId: OrganizationId | null): Promise<WatchedVisit[]>;
  /** One of them; null when it does not go on. */
  liveOne(organizationId: OrganizationId, visitId: VisitId): Promise<WatchedVisit | null>;
  /** Newest first, at most `limit`. */
  begun(organizationId: OrganizationId, filter: BegunFilter): Promise<BegunVisit[]>;
  /** By visit, in order; all, or those after an instant. */
  samples(visitIds: readonly VisitId[], after: Date | null): Promise<Map<string, StoredSample[]>>;
}

export const LIVE_STATES = ['in_progress', 'on_hold'] as const satisfies readonly VisitState[];

const VISIT = {
  id: true,
  state: true,
  startedAt: true,
  endedAt: true,
  listedAt: true,
  patient: { select: { id: true, name: true } },
  practitioner: { select: { id: true, name: true } },
  seats: {
    select: {
      id: true,
      displayName: true,
      seatRole: true,
      isPresent: true,
      joinedAt: true,
      connectedAt: true,
      connectedTo: true,
      leftAt: true,
      hasLeft: true,
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  },
} satisfies Prisma.VisitSelect;

const readSamples = prepared<SampleRow>(
  'quality.samples',
  `SELECT ${SAMPLE_COLUMNS} FROM quality_sample
    WHERE visit_id = ANY($1) AND ($2::timestamptz IS NULL OR at > $2) ORDER BY at`,
);

export function createQualityWatchRepository({
  prisma,
  pool,
}: Pick<Database, 'prisma' | 'pool'>): QualityWatchRepository {
  return {
    async live(organizationId) {
      const rows = await prisma.visit.findMany({
        where: { ...(organizationId && { organizationId }), state: { in: [...LIVE_STATES] } },
        select: VISIT,
        orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
        // One more tells that there are more.
        ...(organizationId && { take: LIVE_VISITS_MAX + 1 }),
      });
      return rows.map(toWatched);
    },

    async liveOne(organizationId, visitId) {
      const row = await prisma.visit.findFirst({
        where: { organizationId, id: visitId, state: { in: [...LIVE_STATES] } },
        select: VISIT,
      });
      return row && toWatched(row);
    },

    async begun(organizationId, filter) {
      const rows = await prisma.visit.findMany({
        where: { organizationId, AND: conditionsOf(filter) },
        select: VISIT,
        orderBy: [{ listedAt: 'desc' }, { id: 'desc' }],
        take: filter.limit,
      });
      return rows.map((row) => ({ ...toWatched(row), listedAt: row.listedAt }));
    },

    async samples(visitIds, after) {
      if (visitIds.length === 0) return new Map();
      const rows = await readSamples(pool, [visitIds, after]);
      const byVisit = Map.groupBy(rows, ({ visitId }) => visitId);
      return new Map([...byVisit].map(([visitId, own]) => [visitId, own.map(toSample)]));
    },
  };
}

function conditionsOf({
  states,
  practitionerId,
  q,
  from,
  until,
  after,
}: BegunFilter): Prisma.VisitWhereInput[] {
  return [
    { state: { in: [...states] } },
    ...(practitionerId ? [{ practitionerId }] : []),
    ...(q ? [{ patient: nameHasWords(q) }] : []),
    ...(from ? [{ listedAt: { gte: from } }] : []),
    ...(until ? [{ listedAt: { lt: until } }] : []),
    ...(after
      ? [{ OR: [{ listedAt: { lt: after.at } }, { listedAt: after.at, id: { lt: after.id } }] }]
      : []),
  ];
}

function toWatched(row: Prisma.VisitGetPayload<{ select: typeof VISIT }>): WatchedVisit {
  const { id, state, patient, practitioner, startedAt, endedAt, seats } = row;
  return {
    visitId: id as VisitId,
    state,
    patient: { id: patient.id as PatientId, name: patient.name },
    practitioner: { id: practitioner.id as PractitionerId, name: practitioner.name },
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    seats: seats.map(({ id: seatId, displayName: name, connectedTo: node, ...seat }) => ({
      ...seat,
      seatId: seatId as SeatId,
      name,
      node,
    })),
  };
}
