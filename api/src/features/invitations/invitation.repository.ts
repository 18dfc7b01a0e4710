import { OPEN_INVITATIONS_MAX, type InvitationId, type OrganizationId } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { hashOpaqueToken } from '../../core/opaque-token.ts';
import { requireNotSuspended } from '../../core/suspension.ts';
import { postOf, storeInvitation } from './invitation-row.repository.ts';
import {
  requireMayJoin,
  type NewInvitation,
  type OpenInvitation,
  type UsableInvitation,
} from './invitation.ts';

type AuditOf = (id: InvitationId) => AuditRow;

/** Every change takes the row that tells of it and stores both in one transaction. */
export interface InvitationRepository {
  listOpen(organizationId: OrganizationId, now: Date): Promise<OpenInvitation[]>;
  /**
   * The clinic's name and a token for the link, in the place of an invitation that this address has already.
   * Errors: FORBIDDEN when the actor is no administrator any more, CONFLICT, RATE_LIMITED.
   */
  create(
    actor: Actor,
    invitation: NewInvitation,
    at: Date,
    audit: AuditOf,
  ): Promise<{ clinicName: string; token: string }>;
  /** False when there has never been one. One that is over already stays as it is. */
  cancel(actor: Actor, id: InvitationId, at: Date, audit: AuditOf): Promise<boolean>;
  /** Errors: ORGANIZATION_SUSPENDED. */
  findUsable(token: string, at: Date): Promise<UsableInvitation | null>;
}

const OPEN = { purpose: 'invitation', usedAt: null } satisfies Prisma.IdentityLinkWhereInput;

export function createInvitationRepository({ prisma }: Pick<Database, 'prisma'>): InvitationRepository {
  return {
    async listOpen(organizationId, now) {
      const rows = await prisma.identityLink.findMany({
        where: { ...OPEN, organizationId, expiresAt: { gt: now } },
        include: { invitedBy: { select: { name: true } } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: OPEN_INVITATIONS_MAX,
      });
      return rows.map(({ id, email, personName, invitedBy, createdAt, expiresAt, ...row }) => {
        const post = postOf(row);
        const specialty = post.role === 'doctor' ? post.specialty : null;
        const who = { id: id as InvitationId, email, name: personName ?? email, role: post.role, specialty };
        return { ...who, invitedBy: invitedBy?.name ?? null, invitedAt: createdAt, expiresAt };
      });
    },

    create: (actor, invitation, at, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const { organizationId } = actor;
        const { email } = invitation;
        await requireFree(tx, organizationId, email);
        const ofAddress = { ...OPEN, organizationId, email };
        await tx.identityLink.updateMany({ where: ofAddress, data: { usedAt: at } });
        const token = await storeInvitation(tx, actor, invitation, at);
        // The database allows one that is open.
        const { id, organization } = await tx.identityLink.findFirstOrThrow({
          where: ofAddress,
          include: { organization: { select: { name: true } } },
        });
        await appendAudit(tx, audit(id as InvitationId));
        return { clinicName: organization?.name ?? '', token };
      }),

    cancel: (actor, id, at, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const one = { id, purpose: 'invitation', organizationId: actor.organizationId } as const;
        if ((await tx.identityLink.count({ where: one })) === 0) return false;
        const { count } = await tx.identityLink.updateMany({
          where: { ...one, usedAt: null },
          data: { usedAt: at },
        });
        if (count > 0) await appendAudit(tx, audit(id));
        return true;
      }),

    async findUsable(token, at) {
      const link = await prisma.identityLink.findFirst({
        where: { ...OPEN, tokenHash: hashOpaqueToken(token), expiresAt: { gt: at } },
        include: { organization: true },
      });
      if (!link?.organization || link.personName === null) return null;
      requireNotSuspended(link.organization);
      const { email, personName: name, organization } = link;
      const post = postOf(link);
      return {
        organizationId: organization.id as OrganizationId,
        clinicName: organization.name,
        email,
        name,
        post,
      };
    },
  };
}

async function requireFree(
  tx: Prisma.TransactionClient,
  organizationId: string,
  email: string,
): Promise<void> {
  const member = await tx.membership.findFirst({
    where: { organizationId, user: { email } },
    include: { patient: { select: { id: true } } },
  });
  requireMayJoin(member && { ...member, isPatient: member.patient !== null });
}
