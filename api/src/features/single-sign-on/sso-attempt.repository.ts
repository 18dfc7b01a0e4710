import type { Database } from '@careconnect/prisma';

export interface NewAttempt {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly stateHash: Buffer<ArrayBuffer>;
  readonly browserHash: Buffer<ArrayBuffer>;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What an answer of a provider is held against. */
export interface Answered {
  readonly connectionId: string;
  readonly stateHash: Buffer<ArrayBuffer>;
  /** Null when the browser has no cookie. */
  readonly browserHash: Buffer<ArrayBuffer> | null;
}

/** Why an answer that somebody was waiting for is not taken. */
export type NotTaken = 'otherConnection' | 'otherBrowser' | 'replayed' | 'tooLate';

export interface SsoAttemptRepository {
  /** Clears away those of the same provider that are too old. */
  store(attempt: NewAttempt): Promise<void>;
  /** Uses an attempt up. Null when nobody has begun one; of two answers that come together one is taken. */
  take(answered: Answered, now: Date): Promise<'taken' | NotTaken | null>;
}

export function createSsoAttemptRepository({ prisma }: Pick<Database, 'prisma'>): SsoAttemptRepository {
  return {
    async store(attempt) {
      const { connectionId, createdAt } = attempt;
      await prisma.ssoAttempt.deleteMany({ where: { connectionId, expiresAt: { lt: createdAt } } });
      await prisma.ssoAttempt.create({ data: attempt });
    },

    async take({ connectionId, stateHash, browserHash }, now) {
      const attempt = await prisma.ssoAttempt.findFirst({ where: { stateHash } });
      if (!attempt) return null;
      // What somebody brings who has only seen the address uses nothing up.
      if (attempt.connectionId !== connectionId) return 'otherConnection';
      if (!browserHash?.equals(attempt.browserHash)) return 'otherBrowser';
      const { count } = await prisma.ssoAttempt.updateMany({
        where: { stateHash, usedAt: null },
        data: { usedAt: now },
      });
      if (count === 0) return 'replayed';
      return attempt.expiresAt > now ? 'taken' : 'tooLate';
    },
  };
}
