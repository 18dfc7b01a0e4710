import type { SessionId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';

export interface ErasedAccount {
  readonly email: string | null;
  readonly endedSessions: readonly SessionId[];
}

/**
 * Takes somebody's membership with its sign-ins away, and their account, unless it belongs to another organization too:
 * then that is theirs to erase.
 */
export async function eraseAccount(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<ErasedAccount> {
  const where = { organizationId, userId };
  const sessions = await tx.session.findMany({ where, select: { id: true } });
  await tx.session.deleteMany({ where });
  await tx.ssoIdentity.deleteMany({ where });
  const { email } = await tx.user.findFirstOrThrow({ where: { id: userId }, select: { email: true } });
  await tx.relatedPerson.deleteMany({ where });
  // A seat in a visit of somebody else is part of that person's record, and points at the membership.
  const isSeenElsewhere = (await tx.visitParticipant.count({ where })) > 0;
  if (isSeenElsewhere) await tx.membership.updateMany({ where, data: { status: 'removed' } });
  else await tx.membership.deleteMany({ where });
  if (email !== null) await tx.identityLink.deleteMany({ where: { email, organizationId } });
  if ((await tx.membership.count({ where: { userId } })) === 0) {
    if (email !== null) await tx.identityLink.deleteMany({ where: { email } });
    // With factors, passkeys, challenges and links to new passwords.
    await tx.user.deleteMany({ where: { id: userId } });
  }
  return { email, endedSessions: sessions.map(({ id }) => id as SessionId) };
}
