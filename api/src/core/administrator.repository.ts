import type { Prisma } from '@careconnect/prisma';
import type { Actor } from './actor.ts';
import { sessionErrors } from './session-errors.ts';

/**
 * For what administrators decide about their organization: such changes happen one after the other, and each is made
 * by somebody who is an administrator at that moment. So two who remove each other do not leave nobody.
 * Errors: FORBIDDEN.
 */
export async function holdAsAdministrator(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Pick<Actor, 'organizationId' | 'userId'>,
): Promise<void> {
  // Not FOR UPDATE: whoever books meanwhile would wait, because their rows point at this one.
  await tx.$queryRaw`SELECT FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  const isStillOne = await tx.membership.count({
    where: { organizationId, userId, role: { in: ['admin', 'platformAdmin'] }, status: 'active' },
  });
  if (isStillOne === 0) throw sessionErrors.notAllowed();
}
