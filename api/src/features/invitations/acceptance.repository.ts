import type { Post } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { ownerOfAddress } from '../../core/address-owner.repository.ts';
import { appendAudit } from '../../core/audit.ts';
import { useLink } from '../../core/identity-link.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { openPractice } from '../../core/practice.repository.ts';
import { requireOpen } from '../../core/suspension.repository.ts';
import { invitationErrors } from './invitation.errors.ts';
import { postOf } from './invitation-row.repository.ts';
import { requireMayJoin } from './invitation.ts';

export interface Acceptance {
  readonly token: string;
  readonly name: string;
  /** Of a new account its password; of one that is there, what the password was held against. */
  readonly passwordHash: string;
  readonly isNew: boolean;
  readonly requestId: string;
  readonly at: Date;
}

export interface AcceptanceRepository {
  /**
   * The account, its membership and the practice of a doctor, or none of them. Uses the link up.
   * Errors: LINK_INVALID, INVALID_CREDENTIALS, CONFLICT, ORGANIZATION_SUSPENDED.
   */
  accept(acceptance: Acceptance): Promise<void>;
}

export function createAcceptanceRepository({ prisma }: Pick<Database, 'prisma'>): AcceptanceRepository {
  return {
    accept: (acceptance) => inTransaction(prisma, (tx) => accept(tx, acceptance)),
  };
}

async function accept(tx: Prisma.TransactionClient, acceptance: Acceptance): Promise<void> {
  const { token, name, passwordHash, isNew, requestId, at } = acceptance;
  const link = await useLink(tx, 'invitation', token, at);
  if (!link?.organizationId) throw invitationErrors.linkInvalid();
  const { organizationId, email } = link;
  await requireOpen(tx, organizationId);
  const owner = await ownerOfAddress(tx, { name, email, passwordHash, isNew });
  if (owner === 'madeMeanwhile') throw invitationErrors.linkInvalid();
  if (owner === 'passwordReplaced') throw invitationErrors.passwordReplaced();
  const { userId } = owner;
  const post = postOf(link);
  const membershipId = await join(tx, { organizationId, userId, role: post.role });
  if (post.role === 'doctor') {
    await openPractice(tx, { organizationId, userId, name, specialty: post.specialty });
  }
  await appendAudit(tx, {
    subject: { organizationId, userId, role: post.role },
    action: 'people.acceptInvitation',
    entityType: 'membership',
    entityId: membershipId,
    patientId: null,
    detail: { invitationId: link.id, role: post.role, invitedByUserId: link.invitedById },
    requestId,
    at,
  });
}

interface Joining {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Post['role'];
}

/** A membership of their own, or the one that they had before they were removed. */
async function join(
  tx: Prisma.TransactionClient,
  { organizationId, userId, role }: Joining,
): Promise<string> {
  // Held, so that nobody else decides about it meanwhile.
  await tx.$queryRaw`
    SELECT FROM membership WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid FOR NO KEY UPDATE`;
  const before = await tx.membership.findFirst({
    where: { organizationId, userId },
    include: { patient: { select: { id: true } } },
  });
  requireMayJoin(before && { ...before, isPatient: before.patient !== null });
  if (before) {
    await tx.membership.update({ where: { id: before.id }, data: { status: 'active', role } });
    return before.id;
  }
  // What is skipped stands beside a membership that it must be apart from, or has been made at this moment.
  const [made] = await tx.membership.createManyAndReturn({
    data: [{ organizationId, userId, role }],
    skipDuplicates: true,
  });
  if (made) return made.id;
  const isHere = (await tx.membership.count({ where: { organizationId, userId } })) > 0;
  throw isHere ? invitationErrors.memberAlready() : invitationErrors.notApart();
}
