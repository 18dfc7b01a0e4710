import type { Database } from '@careconnect/prisma';
import { inTransaction } from '../../core/in-transaction.ts';
import type { ObjectName } from '../../core/object-store.ts';
import type { AttachmentKey } from './attachment.ts';
import type { StoredFile } from './file-content.ts';

export interface NewStoredFile extends StoredFile {
  /** Of the data key that it is sealed with, or of an older one. */
  readonly keyVersion: number;
  readonly at: Date;
}

/** Complete files, each once in its organization, and which notes have them. */
export interface StoredFileRepository {
  /**
   * Gives a note this file; `put` stores the bytes, unless another note has them already. Nobody takes the file away
   * meanwhile. Done again, it changes nothing.
   */
  assign(note: AttachmentKey, file: NewStoredFile, put: () => Promise<void>): Promise<void>;
  /** Those that no note has any more, and that nobody came to have since; `discard` takes their bytes away. */
  removeUnused(before: Date, discard: (name: ObjectName) => Promise<void>): Promise<number>;
  /** Has `rewrite` seal the next file after an address anew that is under an older key than this version. */
  rewriteNext(
    from: { readonly version: number; readonly after: string | null },
    rewrite: (file: StoredFile) => Promise<boolean>,
  ): Promise<{ readonly id: string; readonly outcome: 'rewritten' | 'unreadable' } | null>;
  /** How many files there are for each {@link NewStoredFile.keyVersion}. */
  countByKey(): Promise<ReadonlyMap<number, number>>;
}

/** As many as one round takes away; the next comes at once while there are more. */
const SWEEP_BATCH = 100;

const COLUMNS = `organization_id AS "organizationId", address, size_bytes AS "sizeBytes"`;

export function createStoredFileRepository({ prisma }: Pick<Database, 'prisma'>): StoredFileRepository {
  return {
    assign: (note, { organizationId, address, sizeBytes, keyVersion, at }, put) =>
      inTransaction(prisma, async (tx) => {
        // Locks the row: whoever takes unused files away waits, or has taken it away before.
        await tx.$executeRaw`
          INSERT INTO stored_file (organization_id, address, size_bytes, key_version, created_at, touched_at)
          VALUES (${organizationId}::uuid, ${address}, ${sizeBytes}, ${keyVersion}, ${at}, ${at})
          ON CONFLICT (organization_id, address) DO UPDATE SET touched_at = EXCLUDED.touched_at`;
        // Of a file that nobody has, a process that died may have stored nothing.
        if ((await tx.attachment.count({ where: { organizationId, contentAddress: address } })) === 0) {
          await put();
          const where = { organizationId_address: { organizationId, address } };
          await tx.storedFile.update({ where, data: { keyVersion } });
        }
        await tx.attachment.update({
          where: { visitId_id: { visitId: note.visitId, id: note.id } },
          data: { contentAddress: address },
        });
      }),

    removeUnused: (before, discard) =>
      inTransaction(prisma, async (tx) => {
        const unused = await tx.$queryRawUnsafe<StoredFile[]>(
          `SELECT ${COLUMNS} FROM stored_file f
            WHERE touched_at < $1 AND NOT EXISTS (
              SELECT FROM attachment a WHERE a.organization_id = f.organization_id AND a.content_address = f.address)
              AND NOT EXISTS (
              SELECT FROM held_file h WHERE h.organization_id = f.organization_id AND h.address = f.address)
            ORDER BY touched_at LIMIT ${SWEEP_BATCH} FOR UPDATE SKIP LOCKED`,
          before,
        );
        for (const { organizationId, address } of unused) {
          await tx.storedFile.delete({ where: { organizationId_address: { organizationId, address } } });
          await discard({ organizationId, address });
        }
        return unused.length;
      }),

    rewriteNext: ({ version, after }, rewrite) =>
      inTransaction(prisma, async (tx) => {
        const [file] = await tx.$queryRawUnsafe<StoredFile[]>(
          `SELECT ${COLUMNS} FROM stored_file WHERE key_version < $1 AND address > $2
            ORDER BY address, organization_id LIMIT 1 FOR UPDATE`,
          version,
          after ?? '',
        );
        if (!file) return null;
        const { organizationId, address } = file;
        if (!(await rewrite(file))) return { id: address, outcome: 'unreadable' };
        const where = { organizationId_address: { organizationId, address } };
        await tx.storedFile.update({ where, data: { keyVersion: version } });
        return { id: address, outcome: 'rewritten' };
      }),

    async countByKey() {
      const groups = await prisma.storedFile.groupBy({ by: ['keyVersion'], _count: true });
      return new Map(groups.map(({ keyVersion, _count }) => [keyVersion, _count]));
    },
  };
}
