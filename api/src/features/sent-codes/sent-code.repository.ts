import { randomUUIDv7 } from 'node:crypto';
import type { CodeChannel } from '@careconnect/contracts';
import type { AccountPhones, Database } from '@careconnect/prisma';
import { inTransaction } from '../../core/in-transaction.ts';
import { holdPerson } from '../../core/person-lock.repository.ts';
import { prepared } from '../../core/prepared.ts';
import type { AskedOfPerson } from '../../core/second-factors.ts';

/** Of one code, whatever it is for. */
const MAX_ATTEMPTS = 5;

export interface NewCode {
  readonly asked: AskedOfPerson;
  readonly channel: CodeChannel;
  readonly codeHash: Buffer<ArrayBuffer>;
  /** A number that it is to make the person's. */
  readonly newPhone: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface CodeTry {
  readonly asked: AskedOfPerson;
  readonly channel: CodeChannel;
  readonly codeHash: Buffer<ArrayBuffer>;
  readonly isForNewPhone: boolean;
}

/** Decides over codes, for all nodes at once. */
export interface SentCodeRepository {
  /** Voids the one before it. For how long to wait where that was sent a moment ago and not used, else null. */
  store(code: NewCode, pauseMs: number): Promise<{ readonly waitMs: number } | null>;
  /** Counts a try and uses up what it was right for. Null when it was not. */
  take(tried: CodeTry, now: Date): Promise<{ readonly newPhone: string | null } | null>;
}

const OF_ASKER = `user_id = $1 AND channel = $2::code_channel AND session_id IS NOT DISTINCT FROM $3::uuid
  AND sign_in_challenge_id IS NOT DISTINCT FROM $4::uuid AND (new_phone IS NOT NULL) = $5
  AND used_at IS NULL AND expires_at > $6`;
// One statement: of two that type the same code at once, one finds it unused.
const takeCode = prepared<{ id: string; newPhone: string | null; isRight: boolean }>(
  'sent-code.take',
  `UPDATE sent_code SET attempts = attempts + 1, used_at = CASE WHEN code_hash = $7 THEN $6::timestamptz END
    WHERE ${OF_ASKER} AND attempts < ${MAX_ATTEMPTS}
   RETURNING id, new_phone AS "newPhone", code_hash = $7 AS "isRight"`,
);

export interface SentCodeRepositoryDeps {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly phones: Pick<AccountPhones, 'sealNew' | 'openNew'>;
}

export function createSentCodeRepository({
  database: { prisma, pool },
  phones,
}: SentCodeRepositoryDeps): SentCodeRepository {
  return {
    store: ({ asked, channel, codeHash, newPhone, createdAt, expiresAt }, pauseMs) =>
      inTransaction(prisma, async (tx) => {
        const { userId } = asked;
        await holdPerson(tx, userId);
        const since = new Date(createdAt.getTime() - pauseMs);
        const last = await tx.sentCode.findFirst({
          where: { userId, channel, usedAt: null, createdAt: { gt: since } },
          orderBy: { createdAt: 'desc' },
        });
        if (last) return { waitMs: last.createdAt.getTime() - since.getTime() };
        const usedAt = createdAt;
        await tx.sentCode.updateMany({ where: { userId, channel, usedAt: null }, data: { usedAt } });
        const id = randomUUIDv7();
        const sealed = phones.sealNew({ userId, id }, newPhone);
        const asker = { userId, ...askerOf(asked) };
        await tx.sentCode.create({
          data: { id, ...asker, channel, codeHash, newPhone: sealed, createdAt, expiresAt },
        });
        return null;
      }),

    async take({ asked, channel, codeHash, isForNewPhone }, now) {
      const { userId } = asked;
      const { sessionId = null, signInChallengeId = null } = askerOf(asked);
      const of = [userId, channel, sessionId, signInChallengeId, isForNewPhone];
      const [tried] = await takeCode(pool, [...of, now, codeHash]);
      if (!tried?.isRight) return null;
      return { newPhone: phones.openNew({ userId, id: tried.id }, tried.newPhone) };
    },
  };
}

function askerOf(asked: AskedOfPerson): { sessionId?: string; signInChallengeId?: string } {
  return asked.kind === 'session'
    ? { sessionId: asked.sessionId }
    : { signInChallengeId: asked.signInChallengeId };
}
