import type { SessionId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import { requireNotSuspended, UNDER_WAY, VISIT_LASTS_HOURS } from './suspension.ts';

/** Whoever belongs to a suspended organization and is in no visit that goes on. */
export function isShutOut(now: Date) {
  const since = new Date(now.getTime() - VISIT_LASTS_HOURS * 3_600_000);
  const isRunning = { state: { in: [...UNDER_WAY] }, startedAt: { gt: since } };
  const inVisit = [
    { patient: { is: { visits: { some: isRunning } } } },
    { practitioner: { is: { visits: { some: isRunning } } } },
    { dependants: { some: { status: 'active' as const, patient: { visits: { some: isRunning } } } } },
  ];
  const isSuspended = { suspendedAt: { not: null } };
  return { organization: isSuspended, NOT: { OR: inVisit } } satisfies Prisma.MembershipWhereInput;
}

/**
 * For what lets somebody in. What passes at the moment of a suspension opens nothing: whether a session is good is asked
 * again each time. Errors: ORGANIZATION_SUSPENDED.
 */
export async function requireOpen(tx: Prisma.TransactionClient, organizationId: string): Promise<void> {
  const where = { id: organizationId };
  requireNotSuspended(await tx.organization.findFirstOrThrow({ where, select: { suspendedAt: true } }));
}

/**
 * Ends the sessions of a suspended organization, and sign-ins that wait for their second step, but for those of people
 * whose visit goes on.
 */
export async function endSessionsOutsideVisits(
  tx: Prisma.TransactionClient,
  organizationId: string,
  reason: string,
  at: Date,
): Promise<SessionId[]> {
  await tx.signInChallenge.updateMany({ where: { organizationId, usedAt: null }, data: { usedAt: at } });
  const ended = await tx.session.updateManyAndReturn({
    where: { organizationId, revokedAt: null, membership: isShutOut(at) },
    data: { revokedAt: at, revokeReason: reason },
    select: { id: true },
  });
  return ended.map(({ id }) => id as SessionId);
}
