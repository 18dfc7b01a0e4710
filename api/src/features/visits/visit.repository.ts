import type {
  AppointmentStatus,
  OrganizationId,
  UserId,
  Visit,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import type { InvolvementFilter } from '../../core/involvement.ts';
import { nameHasWords } from '../../core/name-words.repository.ts';
import type { StoredVisit } from './stored-visit.ts';
import type { StoredEvent } from './visit-history.ts';
import type { TransitionEvent } from './visit.ts';
import { toStoredVisit, VISIT } from './visit-row.repository.ts';

/** Which visits a list shows; every part that is given narrows it. */
export interface VisitFilter {
  /** What the reader may see at all. */
  readonly own: InvolvementFilter;
  /** What they asked for. */
  readonly asked: InvolvementFilter;
  /** Words of the patient's name; empty for any. */
  readonly q: string;
  readonly state: VisitState | undefined;
  readonly from: Date | undefined;
  /** Not part of the span. */
  readonly until: Date | undefined;
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface ListedVisit extends StoredVisit {
  /** What the list is ordered by. */
  readonly listedAt: Date;
}

export interface VisitMove {
  readonly to: VisitState;
  readonly event: TransitionEvent;
  readonly at: Date;
  readonly actorUserId: UserId | null;
  readonly actorName: string | null;
  readonly audit: AuditRow;
}

export interface VisitRepository {
  find(organizationId: OrganizationId, visitId: VisitId): Promise<StoredVisit | null>;
  /** Newest first; one row more than `limit` when there is a next page. */
  list(organizationId: OrganizationId, filter: VisitFilter): Promise<ListedVisit[]>;
  /** In the order they happened. */
  events(organizationId: OrganizationId, visitId: VisitId): Promise<StoredEvent[]>;
  /**
   * Moves the visit on if it still is as it was read, with its history, its appointment and the audit row in
   * one transaction. Null when someone else was faster; then nothing is changed.
   */
  move(visit: StoredVisit, move: VisitMove): Promise<StoredVisit | null>;
}

/** What a visit's new state makes of its appointment. */
const APPOINTMENT_STATUS: Readonly<Partial<Record<VisitState, AppointmentStatus>>> = {
  waiting: 'arrived',
  ended: 'fulfilled',
  cancelled: 'cancelled',
  no_show: 'noshow',
};

export interface VisitRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createVisitRepository({
  database: { prisma },
  cipher,
}: VisitRepositoryDeps): VisitRepository {
  return {
    async find(organizationId, visitId) {
      const row = await prisma.visit.findFirst({ where: { organizationId, id: visitId }, select: VISIT });
      return row && toStoredVisit(row, cipher);
    },

    async list(organizationId, filter) {
      const rows = await prisma.visit.findMany({
        where: { organizationId, ...whereOf(filter) },
        select: VISIT,
        orderBy: [{ listedAt: 'desc' }, { id: 'desc' }],
        take: filter.limit + 1,
      });
      return rows.map((row) => ({ ...toStoredVisit(row, cipher), listedAt: row.listedAt }));
    },

    async events(organizationId, visitId) {
      const rows = await prisma.visitEvent.findMany({
        where: { organizationId, visitId },
        select: { at: true, type: true, actorUserId: true, actorName: true },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ at, type, actorUserId, actorName }) => ({
        at: at.toISOString(),
        type,
        actorUserId: actorUserId as UserId | null,
        actorName,
      }));
    },

    async move(stored, { to, event, at, actorUserId, actorName, audit }) {
      const { organizationId, visit, version } = stored;
      const times = timesOf(stored, to, at);
      return inTransaction(prisma, async (tx) => {
        const { count } = await tx.visit.updateMany({
          where: { id: visit.id, organizationId, state: visit.state, version },
          data: { state: to, version: { increment: 1 }, ...times },
        });
        if (count === 0) return null;
        await tx.visitEvent.createMany({
          data: { organizationId, visitId: visit.id, type: event, at, actorUserId, actorName },
        });
        await followAppointment(tx, stored, to);
        await appendAudit(tx, audit);
        // The version has told that nothing else in the row has changed since it was read.
        return { ...stored, version: version + 1, visit: { ...visit, state: to, ...times } };
      });
    },
  };
}

function whereOf({ own, asked, q, state, from, until, after }: VisitFilter): Prisma.VisitWhereInput {
  const conditions: Prisma.VisitWhereInput[] = [own, asked];
  if (q) conditions.push({ patient: nameHasWords(q) });
  if (state) conditions.push({ state });
  if (from) conditions.push({ listedAt: { gte: from } });
  if (until) conditions.push({ listedAt: { lt: until } });
  if (after) {
    const { at, id } = after;
    conditions.push({ OR: [{ listedAt: { lt: at } }, { listedAt: at, id: { lt: id } }] });
  }
  return { AND: conditions };
}

type Times = Partial<Pick<Visit, 'waitingSince' | 'startedAt' | 'endedAt'>>;

function timesOf({ visit }: StoredVisit, to: VisitState, now: Date): Times {
  const at = now.toISOString();
  if (to === 'waiting') return { waitingSince: at };
  // Resumed after a hold: it has been going on since it first started.
  if (to === 'in_progress') return visit.startedAt === null ? { startedAt: at } : {};
  return to === 'ended' ? { endedAt: at } : {};
}

async function followAppointment(
  tx: Prisma.TransactionClient,
  { organizationId, visit }: StoredVisit,
  to: VisitState,
): Promise<void> {
  const status = APPOINTMENT_STATUS[to];
  if (!status || visit.appointmentId === null) return;
  await tx.appointment.updateMany({ where: { id: visit.appointmentId, organizationId }, data: { status } });
}
