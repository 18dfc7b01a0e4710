import { randomUUIDv7 } from 'node:crypto';
import { SsoGroup, type OrganizationId, type SessionId, type SsoConnection } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { requireNotSuspended } from '../../core/suspension.ts';
import type { StoredConnection } from './sso-connection.ts';

/** Changes take the row that tells of them. Errors: FORBIDDEN when the actor is no administrator any more. */
export interface SsoConnectionRepository {
  slugOf(organizationId: OrganizationId): Promise<string>;
  find(organizationId: OrganizationId): Promise<StoredConnection | null>;
  /** Of a clinic by its name in addresses, for whoever is not signed in. Errors: ORGANIZATION_SUSPENDED. */
  findOfClinic(slug: string): Promise<(StoredConnection & { readonly clinicName: string }) | null>;
  /** Sign-ins that are under way become worthless. */
  replace(actor: Actor, connection: SsoConnection & { clientSecret: string }, audit: AuditRow): Promise<void>;
  /** Answers with the sessions that were opened by it, which have ended; null when there was none. */
  remove(actor: Actor, audit: AuditRow): Promise<SessionId[] | null>;
}

export interface SsoConnectionRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

const WHOLE = { groups: { orderBy: { position: 'asc' } } } satisfies Prisma.SsoConnectionInclude;

export function createSsoConnectionRepository({
  database: { prisma },
  cipher,
}: SsoConnectionRepositoryDeps): SsoConnectionRepository {
  function toConnection(row: Prisma.SsoConnectionGetPayload<{ include: typeof WHOLE }>): StoredConnection {
    const { id, organizationId, issuer, clientId, groupsClaim, joining } = row;
    const owner = { organizationId, id };
    const clientSecret = cipher.decrypt('sso_connection.client_secret', owner, row.clientSecret);
    const groups = row.groups.map(({ group, role, specialty }) =>
      SsoGroup.parse(role === 'doctor' ? { group, role, specialty } : { group, role }),
    );
    return { id, organizationId, issuer, clientId, clientSecret, groupsClaim, joining, groups };
  }

  return {
    async slugOf(id) {
      return (await prisma.organization.findFirstOrThrow({ where: { id }, select: { slug: true } })).slug;
    },

    async find(organizationId) {
      const row = await prisma.ssoConnection.findFirst({ where: { organizationId }, include: WHOLE });
      return row && toConnection(row);
    },

    async findOfClinic(slug) {
      const row = await prisma.ssoConnection.findFirst({
        where: { organization: { slug } },
        include: { ...WHOLE, organization: { select: { name: true, suspendedAt: true } } },
      });
      if (!row) return null;
      requireNotSuspended(row.organization);
      return { ...toConnection(row), clinicName: row.organization.name };
    },

    replace: (actor, { groups, clientSecret, ...connection }, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const { organizationId } = actor;
        await tx.ssoConnection.deleteMany({ where: { organizationId } });
        const id = randomUUIDv7();
        const sealed = cipher.encrypt('sso_connection.client_secret', { organizationId, id }, clientSecret);
        await tx.ssoConnection.create({ data: { ...connection, id, organizationId, clientSecret: sealed } });
        await tx.ssoGroup.createMany({
          data: groups.map((group, position) => ({ ...group, position, organizationId, connectionId: id })),
        });
        await appendAudit(tx, audit);
      }),

    remove: (actor, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const { organizationId } = actor;
        const { count } = await tx.ssoConnection.deleteMany({ where: { organizationId } });
        if (count === 0) return null;
        const challenges = { organizationId, usedAt: null, methods: { has: 'sso' } };
        await tx.signInChallenge.updateMany({ where: challenges, data: { usedAt: audit.at } });
        const ended = await tx.session.updateManyAndReturn({
          where: { organizationId, revokedAt: null, methods: { has: 'sso' } },
          data: { revokedAt: audit.at, revokeReason: 'single sign-on removed' },
          select: { id: true },
        });
        await appendAudit(tx, audit);
        return ended.map(({ id }) => id as SessionId);
      }),
  };
}
