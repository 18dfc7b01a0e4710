import type { SessionId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { appendAudit } from '../../core/audit.ts';

export interface NewPassword {
  readonly passwordHash: string;
  readonly requestId: string;
  readonly at: Date;
}

export interface PasswordResetRepository {
  store(userId: string, tokenHash: Buffer<ArrayBuffer>, expiresAt: Date, now: Date): Promise<void>;
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
    async store(userId, tokenHash, expiresAt, now) {
      await prisma.passwordReset.create({ data: { userId, tokenHash, expiresAt, createdAt: now } });
    },

    async findUsable(tokenHash, now) {
      const reset = await prisma.passwordReset.findFirst({
        where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
        select: { user: { select: { email: true } } },
      });
      return reset && { email: reset.user.email };
    },

    consume: (tokenHash, { passwordHash, requestId, at }) =>
      prisma.$transaction(async (tx) => {
        const [used] = await tx.passwordReset.updateManyAndReturn({
          where: { tokenHash, usedAt: null, expiresAt: { gt: at } },
          data: { usedAt: at },
        });
        if (!used) return null;
        const { userId } = used;
        await tx.user.update({ where: { id: userId }, data: { passwordHash } });
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
            action: 'auth.password-reset',
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
