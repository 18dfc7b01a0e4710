import { OWN_SESSIONS_MAX, type SessionId, type UserId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export interface StoredSession {
  readonly id: SessionId;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly methods: readonly string[];
}

export interface OwnSessionRepository {
  /** Those that are not over, the latest seen first. */
  list(userId: UserId, now: Date): Promise<StoredSession[]>;
  /**
   * Ends some of a person's sessions, each with a row that tells of it. Answers with those that were ended.
   * Null when `which` names one that is not theirs.
   */
  end(
    userId: UserId,
    which: { readonly only: SessionId } | { readonly allBut: SessionId },
    auditOf: (sessionId: SessionId) => AuditRow,
  ): Promise<SessionId[] | null>;
}

export function createOwnSessionRepository({ prisma }: Pick<Database, 'prisma'>): OwnSessionRepository {
  return {
    async list(userId, now) {
      const rows = await prisma.session.findMany({
        where: { userId, revokedAt: null, expiresAt: { gt: now } },
        orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
        take: OWN_SESSIONS_MAX,
      });
      return rows.map(({ id, ...row }) => ({ id: id as SessionId, ...row }));
    },

    end: (userId, which, auditOf) =>
      inTransaction(prisma, async (tx) => {
        const id = 'only' in which ? which.only : { not: which.allBut };
        if ('only' in which && (await tx.session.count({ where: { id, userId } })) === 0) return null;
        const revokedAt = auditOf('only' in which ? which.only : which.allBut).at;
        const ended = await tx.session.updateManyAndReturn({
          where: { id, userId, revokedAt: null },
          data: { revokedAt, revokeReason: 'signed out from another device' },
          select: { id: true },
        });
        const endedIds = ended.map((row) => row.id as SessionId);
        for (const endedId of endedIds) await appendAudit(tx, auditOf(endedId));
        return endedIds;
      }),
  };
}
