import type { SessionId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { storeLink, useLink, voidEmailChanges } from '../../core/identity-link.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export const EMAIL_LINK_TTL_MINUTES = 60;
const EMAIL_MAILS = { limit: 3, withinMs: 60 * 60_000 } as const;

export interface ChangedEmail {
  readonly name: string;
  readonly oldEmail: string | null;
  readonly newEmail: string;
}

/** Every change takes the row that tells of it and stores both in one transaction. */
export interface CredentialRepository {
  /** Ends every other session and every half sign-in of that person. Answers with the sessions. */
  replacePassword(actor: Actor, passwordHash: string, audit: AuditRow): Promise<SessionId[]>;
  /** The token of a link to the new address; null when the address has been sent enough of them. */
  beginEmailChange(userId: string, newEmail: string, audit: AuditRow): Promise<string | null>;
  /** Null when the link cannot be used, or the address has become somebody else's meanwhile. */
  changeEmail(token: string, requestId: string, at: Date): Promise<ChangedEmail | null>;
}

export function createCredentialRepository({ prisma }: Pick<Database, 'prisma'>): CredentialRepository {
  return {
    replacePassword: ({ userId, sessionId }, passwordHash, audit) =>
      inTransaction(prisma, async (tx) => {
        await tx.user.update({ where: { id: userId }, data: { passwordHash } });
        const open = { userId, usedAt: null };
        await tx.passwordReset.updateMany({ where: open, data: { usedAt: audit.at } });
        await tx.signInChallenge.updateMany({ where: open, data: { usedAt: audit.at } });
        await voidEmailChanges(tx, userId, audit.at);
        const ended = await tx.session.updateManyAndReturn({
          where: { userId, id: { not: sessionId }, revokedAt: null },
          data: { revokedAt: audit.at, revokeReason: 'password changed' },
          select: { id: true },
        });
        await appendAudit(tx, audit);
        return ended.map(({ id }) => id as SessionId);
      }),

    beginEmailChange: (userId, email, audit) =>
      inTransaction(prisma, async (tx) => {
        await appendAudit(tx, audit);
        return storeLink(tx, {
          for: { purpose: 'email_change', userId },
          email,
          at: audit.at,
          ttlMinutes: EMAIL_LINK_TTL_MINUTES,
          quota: EMAIL_MAILS,
        });
      }),

    changeEmail: (token, requestId, at) =>
      inTransaction(prisma, (tx) => changeEmail(tx, token, requestId, at)).catch((error: unknown) => {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null;
        throw error;
      }),
  };
}

async function changeEmail(
  tx: Prisma.TransactionClient,
  token: string,
  requestId: string,
  at: Date,
): Promise<ChangedEmail | null> {
  const link = await useLink(tx, 'email_change', token, at);
  if (!link?.userId) return null;
  const { userId, email: newEmail } = link;
  const {
    name,
    email: oldEmail,
    memberships,
  } = await tx.user.findFirstOrThrow({
    where: { id: userId },
    include: { memberships: true },
  });
  await tx.user.update({ where: { id: userId }, data: { email: newEmail } });
  // What was sent to the old address is worth nothing from now on.
  await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } });
  await tx.sentCode.updateMany({
    where: { userId, channel: 'email', usedAt: null },
    data: { usedAt: at },
  });
  await voidEmailChanges(tx, userId, at);
  for (const { organizationId, role } of memberships) {
    await appendAudit(tx, {
      subject: { organizationId, userId, role },
      action: 'auth.changeEmail',
      entityType: 'user',
      entityId: userId,
      patientId: null,
      requestId,
      at,
    });
  }
  return { name, oldEmail, newEmail };
}
