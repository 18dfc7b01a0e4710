import type { FirstAdministrator, NewOrganization, OrganizationId } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { endSessionsOutsideVisits } from '../../core/suspension.repository.ts';
import { storeInvitation } from '../invitations/invitation-row.repository.ts';
import { invitationErrors } from '../invitations/invitation.errors.ts';
import { organizationErrors } from './organization.errors.ts';
import type { Administrator, Decided } from './organization.ts';

type AuditOf = (id: OrganizationId) => readonly AuditRow[];

/**
 * Every change takes the rows that tell of it and stores all in one transaction, as the system: the rows of one
 * organization are nobody's to write who works in another. Errors: FORBIDDEN when the actor runs the platform no more.
 */
export interface OrganizationChangeRepository {
  /** Answers with a token for the link of its first administrator. Errors: CONFLICT, RATE_LIMITED. */
  create(
    actor: Actor,
    organization: NewOrganization,
    at: Date,
    audit: AuditOf,
  ): Promise<{ readonly id: OrganizationId; readonly token: string }>;
  /** In the place of earlier invitations. Errors: NOT_FOUND, CONFLICT, RATE_LIMITED. */
  inviteFirst(
    actor: Actor,
    id: OrganizationId,
    who: FirstAdministrator,
    at: Date,
    audit: AuditOf,
  ): Promise<{ readonly name: string; readonly token: string }>;
  /** Null where it is suspended already. Errors: NOT_FOUND. */
  suspend(
    actor: Actor,
    id: OrganizationId,
    reason: string,
    at: Date,
    audit: AuditOf,
  ): Promise<Decided | null>;
  /** Null where it is open already. Errors: NOT_FOUND. */
  reopen(actor: Actor, id: OrganizationId, at: Date, audit: AuditOf): Promise<Decided | null>;
}

export function createOrganizationChangeRepository({
  prisma,
  tenancy,
}: Pick<Database, 'prisma' | 'tenancy'>): OrganizationChangeRepository {
  /** One after the other, each by somebody who runs the platform at that moment. */
  const decide = <T>(actor: Actor, work: (tx: Prisma.TransactionClient) => Promise<T>) =>
    tenancy.runAsSystem(() =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        return work(tx);
      }),
    );

  return {
    create: (actor, organization, at, audit) =>
      decide(actor, async (tx) => {
        const id = await insert(tx, organization);
        const token = await invite(tx, actor, id, organization.administrator, at);
        await appendAll(tx, audit(id));
        return { id, token };
      }),

    inviteFirst: (actor, id, who, at, audit) =>
      decide(actor, async (tx) => {
        const { name } = await hold(tx, id);
        if ((await tx.membership.count({ where: { organizationId: id } })) > 0)
          throw organizationErrors.hasPeople();
        await tx.identityLink.updateMany({
          where: { organizationId: id, purpose: 'invitation', usedAt: null },
          data: { usedAt: at },
        });
        const token = await invite(tx, actor, id, who, at);
        await appendAll(tx, audit(id));
        return { name, token };
      }),

    suspend: (actor, id, reason, at, audit) =>
      decide(actor, async (tx) => {
        const { name, suspendedAt } = await hold(tx, id);
        if (suspendedAt) return null;
        const data = { suspendedAt: at, suspensionReason: reason };
        await tx.organization.update({ where: { id }, data });
        const endedSessions = await endSessionsOutsideVisits(tx, id, 'organization suspended', at);
        await appendAll(tx, audit(id));
        return { name, endedSessions, administrators: await administratorsOf(tx, id) };
      }),

    reopen: (actor, id, at, audit) =>
      decide(actor, async (tx) => {
        const { name, suspendedAt } = await hold(tx, id);
        if (!suspendedAt) return null;
        // Those whose visit has ended since: what was over does not come back to life.
        const endedSessions = await endSessionsOutsideVisits(tx, id, 'organization reopened', at);
        await tx.organization.update({ where: { id }, data: { suspendedAt: null, suspensionReason: null } });
        await appendAll(tx, audit(id));
        return { name, endedSessions, administrators: await administratorsOf(tx, id) };
      }),
  };
}

/** The columns that are granted, and no others. */
async function insert(
  tx: Prisma.TransactionClient,
  { slug, name, country, timeZone, location }: NewOrganization,
): Promise<OrganizationId> {
  const [made] = await tx.$queryRaw<{ id: OrganizationId }[]>`
    INSERT INTO organization (slug, name, country, time_zone) VALUES (${slug}, ${name}, ${country}, ${timeZone})
    ON CONFLICT (slug) DO NOTHING RETURNING id`;
  if (!made) throw organizationErrors.slugTaken();
  await tx.location.create({ data: { ...location, organizationId: made.id } });
  return made.id;
}

async function invite(
  tx: Prisma.TransactionClient,
  { userId }: Actor,
  organizationId: OrganizationId,
  { name, email }: FirstAdministrator,
  at: Date,
): Promise<string> {
  // Said now, and not to whoever opens the link.
  if ((await tx.membership.count({ where: { user: { email }, role: 'platformAdmin' } })) > 0)
    throw invitationErrors.notApart();
  return storeInvitation(tx, { organizationId, userId }, { name, email, post: { role: 'admin' } }, at);
}

/** While nobody else decides about it. Errors: NOT_FOUND. */
async function hold(tx: Prisma.TransactionClient, id: OrganizationId) {
  const [held] = await tx.$queryRaw<{ name: string; suspendedAt: Date | null }[]>`
    SELECT name, suspended_at AS "suspendedAt" FROM organization
     WHERE id = ${id}::uuid AND kind = 'clinic' FOR NO KEY UPDATE`;
  if (!held) throw organizationErrors.notFound();
  return held;
}

async function administratorsOf(
  tx: Prisma.TransactionClient,
  organizationId: string,
): Promise<Administrator[]> {
  const rows = await tx.membership.findMany({
    where: { organizationId, role: 'admin', status: 'active' },
    select: { user: { select: { name: true, email: true } } },
  });
  return rows.flatMap(({ user: { name, email } }) => (email === null ? [] : [{ name, email }]));
}

async function appendAll(tx: Prisma.TransactionClient, rows: readonly AuditRow[]): Promise<void> {
  for (const row of rows) await appendAudit(tx, row);
}
