import {
  ERASURE_ANSWER_DAYS,
  type ErasureId,
  type OrganizationId,
  type PatientId,
  type UserId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { DAY_MS } from '../../core/retention.ts';
import { erasureErrors } from './erasure.errors.ts';
import type { ListedErasure, StoredErasure } from './erasure.ts';

export interface ErasureRepository {
  newest(organizationId: OrganizationId, patientId: PatientId): Promise<StoredErasure | null>;
  /** The open request, if there is one; else a new one, with the row that tells of it. */
  ask(who: Asker, audit: (asked: StoredErasure) => AuditRow): Promise<StoredErasure>;
  /** Newest first. */
  list(organizationId: OrganizationId): Promise<ListedErasure[]>;
  /** With the row that tells of it. Errors: FORBIDDEN, NOT_FOUND, CONFLICT. */
  refuse(
    actor: Actor,
    id: ErasureId,
    decision: { readonly reason: string; readonly at: Date },
    audit: (erasure: StoredErasure) => AuditRow,
  ): Promise<void>;
  /** The plain text of a held record, with the row that tells that it was read; null when none is held. */
  readHeld(
    organizationId: OrganizationId,
    id: ErasureId,
    audit: (patientId: PatientId) => AuditRow,
  ): Promise<string | null>;
}

export interface Asker {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  readonly userId: UserId;
  readonly at: Date;
}

export interface ErasureRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

const LISTED = 100;

export function createErasureRepository({
  database: { prisma },
  cipher,
}: ErasureRepositoryDeps): ErasureRepository {
  const toErasure = (row: Prisma.ErasureRequestModel): StoredErasure => ({
    ...row,
    id: row.id as ErasureId,
    organizationId: row.organizationId as OrganizationId,
    patientId: row.patientId as PatientId,
    reason: cipher.decrypt('erasure_request.reason', row, row.reason),
  });

  return {
    async newest(organizationId, patientId) {
      const where = { organizationId, patientId };
      const row = await prisma.erasureRequest.findFirst({ where, orderBy: { id: 'desc' } });
      return row && toErasure(row);
    },

    ask: ({ organizationId, patientId, at }, audit) =>
      inTransaction(prisma, async (tx) => {
        // Two tabs of the same patient ask one after the other.
        await tx.$queryRaw`SELECT FROM patient WHERE id = ${patientId}::uuid FOR NO KEY UPDATE`;
        const where = { organizationId, patientId, state: 'open' } as const;
        const open = await tx.erasureRequest.findFirst({ where });
        if (open) return toErasure(open);
        const dueAt = new Date(at.getTime() + ERASURE_ANSWER_DAYS * DAY_MS);
        const data = { organizationId, patientId, requestedAt: at, dueAt };
        const asked = toErasure(await tx.erasureRequest.create({ data }));
        await appendAudit(tx, audit(asked));
        return asked;
      }),

    async list(organizationId) {
      const rows = await prisma.erasureRequest.findMany({
        where: { organizationId },
        include: { held: { select: { heldUntil: true } } },
        orderBy: { id: 'desc' },
        take: LISTED,
      });
      const ids = rows.map(({ patientId }) => patientId);
      const patients = await prisma.patient.findMany({
        where: { organizationId, id: { in: ids } },
        select: { id: true, name: true },
      });
      const names = new Map(patients.map(({ id, name }) => [id, name]));
      return rows.map((row) => ({
        ...toErasure(row),
        patientName: names.get(row.patientId) ?? null,
        heldUntil: row.held?.heldUntil.toISOString().slice(0, 10) ?? null,
      }));
    },

    refuse: (actor, id, { reason, at }, audit) =>
      inTransaction(prisma, async (tx) => {
        const open = await holdOpenRequest(tx, actor, id);
        const sealed = cipher.encrypt('erasure_request.reason', open, reason);
        const data = {
          state: 'refused',
          decidedAt: at,
          decidedByUserId: actor.userId,
          reason: sealed,
        } as const;
        await tx.erasureRequest.update({ where: { id }, data });
        await appendAudit(tx, audit(toErasure(open)));
      }),

    readHeld: (organizationId, id, audit) =>
      inTransaction(prisma, async (tx) => {
        const held = await tx.heldRecord.findFirst({ where: { organizationId, id } });
        if (!held) return null;
        await appendAudit(tx, audit(held.patientId as PatientId));
        return cipher.decrypt('held_record.content', held, held.content);
      }),
  };
}

/** The request, for as long as the transaction decides about it. Errors: FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function holdOpenRequest(
  tx: Prisma.TransactionClient,
  actor: Actor,
  id: ErasureId,
): Promise<Prisma.ErasureRequestModel> {
  // It holds the organization: two administrators decide one after the other.
  await holdAsAdministrator(tx, actor);
  const { organizationId } = actor;
  const request = await tx.erasureRequest.findFirst({ where: { organizationId, id } });
  if (!request) throw erasureErrors.notFound();
  if (request.state !== 'open') throw erasureErrors.decided();
  return request;
}
