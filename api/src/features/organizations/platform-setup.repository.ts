import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { storeInvitation } from '../invitations/invitation-row.repository.ts';
import { invitationErrors } from '../invitations/invitation.errors.ts';

/** As the trail names whoever has the database in their hands. */
const OPERATOR = 'service:operator';

export interface PlatformInvitation {
  readonly email: string;
  readonly name: string;
  readonly requestId: string;
  readonly at: Date;
}

/** For the operator, who stands above all organizations; not for what answers requests. */
export interface PlatformSetup {
  /**
   * A token for the link, in the place of an earlier invitation; makes the organization of those who run the platform where
   * there is none. Errors: CONFLICT, RATE_LIMITED.
   */
  invite(invitation: PlatformInvitation): Promise<string>;
}

/** @param database that of the owner */
export function createPlatformSetup({ prisma }: Pick<Database, 'prisma'>): PlatformSetup {
  return {
    invite: ({ email, name, requestId, at }) =>
      inTransaction(prisma, async (tx) => {
        const organizationId = await keepPlatform(tx);
        const memberships = await tx.membership.findMany({ where: { user: { email } } });
        if (memberships.some(({ role }) => role !== 'platformAdmin')) throw invitationErrors.notApart();
        if (memberships.some(({ status }) => status === 'active')) throw invitationErrors.memberAlready();
        const earlier = { organizationId, email, purpose: 'invitation', usedAt: null } as const;
        await tx.identityLink.updateMany({ where: earlier, data: { usedAt: at } });
        const inviter = { organizationId, userId: null };
        const post = { role: 'platformAdmin' } as const;
        const token = await storeInvitation(tx, inviter, { email, name, post }, at);
        const { id } = await tx.identityLink.findFirstOrThrow({ where: earlier, select: { id: true } });
        await appendAudit(tx, {
          subject: { organizationId, userId: null, role: OPERATOR },
          action: 'people.invite',
          entityType: 'invitation',
          entityId: id,
          patientId: null,
          detail: post,
          requestId,
          at,
        });
        return token;
      }),
  };
}

/** The index that allows one decides between two who make it at the same moment. */
async function keepPlatform(tx: Prisma.TransactionClient): Promise<string> {
  await tx.organization.createMany({
    data: [{ slug: 'platform', name: 'CareConnect platform', timeZone: 'UTC', kind: 'platform' }],
    skipDuplicates: true,
  });
  const platform = await tx.organization.findFirst({ where: { kind: 'platform' }, select: { id: true } });
  if (!platform) throw new Error('A clinic has the short name "platform", which the platform needs.');
  return platform.id;
}
