import type { SessionId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';

/** Somebody's sessions of one organization, and sign-ins that wait for their second step; elsewhere they go on. */
export async function endSessionsOf(
  tx: Prisma.TransactionClient,
  member: { readonly organizationId: string; readonly userId: string },
  reason: string,
  at: Date,
): Promise<SessionId[]> {
  await tx.signInChallenge.updateMany({ where: { ...member, usedAt: null }, data: { usedAt: at } });
  const ended = await tx.session.updateManyAndReturn({
    where: { ...member, revokedAt: null },
    data: { revokedAt: at, revokeReason: reason },
    select: { id: true },
  });
  return ended.map(({ id }) => id as SessionId);
}
