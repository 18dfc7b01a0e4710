import {
  VISIT_MAX_ATTACHMENTS,
  type AttachmentDraft,
  type AttachmentId,
  type AttachmentType,
  type OrganizationId,
  type SeatId,
  type VisitId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { durationOf, type AttachmentKey, type StoredAttachment } from './attachment.ts';

export interface NewAttachment extends AttachmentKey {
  readonly authorSeatId: SeatId;
  readonly draft: AttachmentDraft;
  /** Of the data key that its pieces are sealed with, or of an older one. */
  readonly keyVersion: number;
  readonly at: Date;
  readonly audit: AuditRow;
}

export interface AttachmentRepository {
  find(key: AttachmentKey): Promise<StoredAttachment | null>;
  /** Begins it, unless the visit has so many already. One that is there stays as it is. */
  add(note: NewAttachment): Promise<'added' | 'full'>;
  /**
   * Has `store` put bytes behind those that are there, and notes how many there are then. Nobody else adds to the
   * note meanwhile, on whichever node: the row stays locked for as long as a disk takes.
   */
  extend(
    key: AttachmentKey,
    at: Date,
    store: (note: StoredAttachment) => Promise<number>,
  ): Promise<StoredAttachment | null>;
  /** Those that were never delivered and of which nothing has come since; `discard` takes their content away. */
  removeAbandoned(before: Date, discard: (key: AttachmentKey) => Promise<void>): Promise<number>;
  /** Complete notes that lie by themselves: they wait to be taken in, or are from before files were kept by what they are. */
  findWaiting(after: AttachmentId | null): Promise<StoredAttachment[]>;
  /**
   * Has `rewrite` seal the next note after an id anew that has pieces under an older key than this version. Nobody adds to
   * it meanwhile. Null when there is none.
   */
  rewriteNext(
    from: { readonly version: number; readonly after: string | null },
    rewrite: (note: StoredAttachment) => Promise<boolean>,
  ): Promise<{ readonly id: AttachmentId; readonly outcome: 'rewritten' | 'unreadable' } | null>;
  /** How many notes that lie by themselves there are for each {@link NewAttachment.keyVersion}; 0 for those from before there were data keys. */
  countByKey(): Promise<ReadonlyMap<number, number>>;
  /** One that is not delivered. */
  remove(key: AttachmentKey): Promise<void>;
}

/** As many as one round takes away; the next comes at once while there are more. */
const SWEEP_BATCH = 100;
const WAITING_BATCH = 50;

const RELATED = {
  authorSeat: { select: { userId: true } },
  messages: { select: { id: true } },
} satisfies Prisma.AttachmentInclude;

type Row = Prisma.AttachmentGetPayload<{ include: typeof RELATED }>;

export function createAttachmentRepository({ prisma }: Pick<Database, 'prisma'>): AttachmentRepository {
  async function find(
    tx: Prisma.TransactionClient,
    { organizationId, visitId, id }: AttachmentKey,
  ): Promise<StoredAttachment | null> {
    const row = await tx.attachment.findFirst({ where: { organizationId, visitId, id }, include: RELATED });
    return row && toStored(row);
  }

  return {
    find: (key) => find(prisma, key),

    add: ({ organizationId, visitId, id, authorSeatId, draft, keyVersion, at, audit }) =>
      inTransaction(prisma, async (tx) => {
        // So that no two people begin the last one.
        await tx.$queryRaw`
          SELECT FROM visit WHERE organization_id = ${organizationId}::uuid AND id = ${visitId}::uuid
             FOR NO KEY UPDATE`;
        const key = { organizationId, visitId };
        if ((await tx.attachment.count({ where: key })) >= VISIT_MAX_ATTACHMENTS) return 'full';
        const { kind, mediaType, sizeBytes } = draft;
        const { count } = await tx.attachment.createMany({
          data: {
            ...key,
            id,
            authorSeatId,
            kind,
            mediaType,
            sizeBytes,
            durationMs: durationOf(draft),
            keyVersion,
            createdAt: at,
            touchedAt: at,
          },
          skipDuplicates: true,
        });
        if (count > 0) await appendAudit(tx, audit);
        return 'added';
      }),

    extend: (key, at, store) =>
      inTransaction(prisma, async (tx) => {
        await tx.$queryRaw`
          SELECT FROM attachment WHERE visit_id = ${key.visitId}::uuid AND id = ${key.id}::uuid FOR UPDATE`;
        const note = await find(tx, key);
        if (!note) return null;
        const receivedBytes = await store(note);
        if (receivedBytes === note.receivedBytes) return note;
        const where = { visitId_id: { visitId: key.visitId, id: key.id } };
        await tx.attachment.update({ where, data: { receivedBytes, touchedAt: at } });
        return { ...note, receivedBytes };
      }),

    removeAbandoned: (before, discard) =>
      inTransaction(prisma, async (tx) => {
        const rows = await tx.$queryRaw<AttachmentKey[]>`
          SELECT organization_id AS "organizationId", visit_id AS "visitId", id FROM attachment a
           WHERE touched_at < ${before}
             AND NOT EXISTS (SELECT FROM chat_message m WHERE m.visit_id = a.visit_id AND m.attachment_id = a.id)
           ORDER BY touched_at LIMIT ${SWEEP_BATCH} FOR UPDATE SKIP LOCKED`;
        for (const key of rows) {
          await discard(key);
          await tx.attachment.delete({ where: { visitId_id: { visitId: key.visitId, id: key.id } } });
        }
        return rows.length;
      }),

    async findWaiting(after) {
      const rows = await prisma.attachment.findMany({
        where: {
          contentAddress: null,
          receivedBytes: { equals: prisma.attachment.fields.sizeBytes },
          ...(after === null ? {} : { id: { gt: after } }),
        },
        orderBy: { id: 'asc' },
        take: WAITING_BATCH,
        include: RELATED,
      });
      return rows.map(toStored);
    },

    rewriteNext: ({ version, after }, rewrite) =>
      inTransaction(prisma, async (tx) => {
        const [key] = await tx.$queryRaw<AttachmentKey[]>`
          SELECT organization_id AS "organizationId", visit_id AS "visitId", id FROM attachment
           WHERE key_version < ${version} AND content_address IS NULL AND (${after}::uuid IS NULL OR id > ${after}::uuid)
           ORDER BY id LIMIT 1 FOR UPDATE`;
        const note = key && (await find(tx, key));
        if (!note) return null;
        if (!(await rewrite(note))) return { id: note.id, outcome: 'unreadable' };
        const where = { visitId_id: { visitId: note.visitId, id: note.id } };
        await tx.attachment.update({ where, data: { keyVersion: version } });
        return { id: note.id, outcome: 'rewritten' };
      }),

    async countByKey() {
      const groups = await prisma.attachment.groupBy({
        by: ['keyVersion'],
        where: { contentAddress: null },
        _count: true,
      });
      return new Map(groups.map(({ keyVersion, _count }) => [keyVersion, _count]));
    },

    async remove({ organizationId, visitId, id }) {
      await prisma.attachment.deleteMany({ where: { organizationId, visitId, id, messages: { none: {} } } });
    },
  };
}

function toStored({ authorSeat, messages, ...row }: Row): StoredAttachment {
  return {
    id: row.id as AttachmentId,
    organizationId: row.organizationId as OrganizationId,
    visitId: row.visitId as VisitId,
    authorSeatId: row.authorSeatId as SeatId,
    authorUserId: authorSeat.userId,
    kind: row.kind,
    mediaType: row.mediaType as AttachmentType,
    sizeBytes: row.sizeBytes,
    durationMs: row.durationMs,
    receivedBytes: row.receivedBytes,
    contentAddress: row.contentAddress,
    isDelivered: messages.length > 0,
  };
}
