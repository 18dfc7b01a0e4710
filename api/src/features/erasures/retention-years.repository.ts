import type { Database } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';

/** For how many years an organization holds the records of those who are erased. */
export interface RetentionYearsRepository {
  get(organizationId: string): Promise<number>;
  /** With the row that tells of it. Errors: FORBIDDEN when the actor is no administrator any more. */
  put(actor: Actor, years: number, audit: (before: number) => AuditRow): Promise<void>;
}

export function createRetentionYearsRepository({
  prisma,
}: Pick<Database, 'prisma'>): RetentionYearsRepository {
  const select = { recordRetentionYears: true } as const;
  return {
    async get(id) {
      return (await prisma.organization.findFirstOrThrow({ where: { id }, select })).recordRetentionYears;
    },

    put: (actor, years, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const where = { id: actor.organizationId };
        const before = await tx.organization.findFirstOrThrow({ where, select });
        await tx.organization.update({ where, data: { recordRetentionYears: years } });
        await appendAudit(tx, audit(before.recordRetentionYears));
      }),
  };
}
