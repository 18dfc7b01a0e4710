import type { OrganizationId, SecurityPolicy } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export interface SecurityPolicyRepository {
  get(organizationId: OrganizationId): Promise<SecurityPolicy>;
  /** With the row that tells of it. Errors: FORBIDDEN when the actor is no administrator any more. */
  replace(
    actor: Actor,
    policy: SecurityPolicy,
    audit: (before: SecurityPolicy) => AuditRow,
  ): Promise<SecurityPolicy>;
}

const POLICY = {
  staffSecondFactor: true,
  staffSentCodes: true,
  idleTimeoutMinutes: true,
  staffPasswordMinLength: true,
  registration: true,
} satisfies Prisma.OrganizationSelect;

export function createSecurityPolicyRepository({
  prisma,
}: Pick<Database, 'prisma'>): SecurityPolicyRepository {
  return {
    get: (id) => prisma.organization.findFirstOrThrow({ where: { id }, select: POLICY }),

    replace: (actor, policy, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const where = { id: actor.organizationId };
        const before = await tx.organization.findFirstOrThrow({ where, select: POLICY });
        const after = await tx.organization.update({ where, data: { ...policy }, select: POLICY });
        await appendAudit(tx, audit(before));
        return after;
      }),
  };
}
