import type { SessionId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { appendAudit } from '../../core/audit.ts';
import { voidEmailChanges } from '../../core/identity-link.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export interface NewReset {
  readonly userId: string;
  readonly tokenHash: Buffer<ArrayBuffer>;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** How many resets one person may have that were made after `since`, this one included. */
  readonly quota: { readonly limit: number; readonly since: Date };
}

export interface NewPassword {
  readonly passwordHash: string;
  readonly requestId: string;
  readonly at: Date;
}

export interface PasswordResetRepository {
  /** False when the person has had as many as they may. */
  store(reset: NewReset): Promise<boolean>;
  /** The address behind a token that can still be used, or null. */
  findUsable(tokenHash: Buffer<ArrayBuffer>, now: Date): Promise<{ email: string | null } | null>;
  /**
   * Uses the token up, sets the password, and ends every session and every other reset of that person.
   * Answers with the ended sessions, or null when somebody else was first.
   */
  consume(tokenHash: Buffer<ArrayBuffer>, password: NewPassword): Promise<SessionId[] | null>;
}

export function createPasswordResetRepository({ prisma }: Database): PasswordResetRepository {
  return {
    store: ({ userId, tokenHash, createdAt, expiresAt, quota: { limit, since } }) =>
      inTransaction(prisma, async (tx) => {
        // Requests for the same person are counted one after the other.
        await tx.$queryRaw`SELECT FROM user_account WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
        const made = await tx.passwordReset.count({ where: { userId, createdAt: { gt: since } } });
        if (made >= limit) return false;
        await tx.passwordReset.create({ data: { userId, tokenHash, createdAt, expiresAt } });
        return true;
      }),

    async findUsable(tokenHash, now) {
      const reset = await prisma.passwordReset.findFirst({
        where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
        select: { user: { select: { email: true } } },
      });
      return reset && { email: reset.user.email };
    },

    consume: (tokenHash, { passwordHash, requestId, at }) =>
      inTransaction(prisma, async (tx) => {
        const [used] = await tx.passwordReset.updateManyAndReturn({
          where: { tokenHash, usedAt: null, expiresAt: { gt: at } },
          data: { usedAt: at },
        });
        if (!used) return null;
        const { userId } = used;
        await tx.user.update({ where: { id: userId }, data: { passwordHash } });
        // Half a sign-in with the old password comes to nothing, and whoever tried codes behind it has lost the way.
        await tx.signInChallenge.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } });
        await voidEmailChanges(tx, userId, at);
        await tx.totpCredential.updateMany({
          where: { userId },
          data: { failedCount: 0, lastFailedAt: null },
        });
        await tx.codeFactor.updateMany({ where: { userId }, data: { failedCount: 0, lastFailedAt: null } });
        await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } });
        const ended = await tx.session.updateManyAndReturn({
          where: { userId, revokedAt: null },
          data: { revokedAt: at, revokeReason: 'password reset' },
          select: { id: true },
        });
        const memberships = await tx.membership.findMany({ where: { userId } });
        for (const { organizationId, role } of memberships) {
          await appendAudit(tx, {
            subject: { organizationId, userId, role },
            action: 'auth.resetPassword',
            entityType: 'user',
            entityId: userId,
            patientId: null,
            requestId,
            at,
          });
        }
        return ended.map(({ id }) => id as SessionId);
      }),
  };
}
