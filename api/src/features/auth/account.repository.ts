import type { Database } from '@careconnect/prisma';
import { appendAudit } from '../../core/audit.ts';
import { networkOf } from '../../core/client-network.ts';

export interface Account {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  /** Active ones, oldest first. */
  readonly memberships: readonly { readonly organizationId: string; readonly role: string }[];
}

export interface AccountRepository {
  findByEmail(email: string): Promise<Account | null>;
  /** Whether somebody has signed in to this account from this address, or from its network, since `since`. */
  hasSignedInFrom(userId: string, ip: string, since: Date): Promise<boolean>;
  /** Leaves a trace of a wrong password in the organization it was for. */
  recordRefusedSignIn(account: Account, organizationId: string, requestId: string, at: Date): Promise<void>;
}

export function createAccountRepository({ prisma }: Database): AccountRepository {
  return {
    async findByEmail(email) {
      const user = await prisma.user.findUnique({
        where: { email },
        include: {
          memberships: {
            where: { status: 'active' },
            orderBy: { createdAt: 'asc' },
            select: { organizationId: true, role: true },
          },
        },
      });
      if (!user || user.email === null) return null;
      const { id: userId, name, passwordHash, memberships } = user;
      return { userId, email: user.email, name, passwordHash, memberships };
    },

    async hasSignedInFrom(userId, ip, since) {
      const sessions = await prisma.session.findMany({
        where: { userId, createdAt: { gte: since } },
        select: { ipAddress: true },
        distinct: 'ipAddress',
      });
      return sessions.some(({ ipAddress }) => networkOf(ipAddress) === networkOf(ip));
    },

    async recordRefusedSignIn({ userId, memberships }, organizationId, requestId, at) {
      const role = memberships.find((membership) => membership.organizationId === organizationId)?.role;
      await appendAudit(prisma, {
        subject: { organizationId, userId, role: role ?? 'none' },
        action: 'auth.signIn',
        entityType: 'user',
        entityId: userId,
        patientId: null,
        outcome: 'denied',
        requestId,
        at,
      });
    },
  };
}
