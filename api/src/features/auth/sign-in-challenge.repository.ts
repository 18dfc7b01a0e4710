import type { OrganizationId, UserId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { ProvenPerson } from '../../core/finish-sign-in.ts';
import { prepared } from '../../core/prepared.ts';

/** Five wrong codes, and the password is asked for again. */
const MAX_ATTEMPTS = 5;

export interface NewChallenge {
  readonly tokenHash: Buffer<ArrayBuffer>;
  readonly organizationId: string;
  readonly userId: string;
  readonly methods: ProvenPerson['by'][];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Whose sign-in it is that waits. */
export interface Challenged {
  readonly challengeId: string;
  readonly userId: UserId;
  readonly organizationId: OrganizationId;
  readonly role: string;
  /** What the first step was. */
  readonly methods: readonly ProvenPerson['by'][];
  /** As it is now, which is what was held against it: a new password voids every challenge. */
  readonly passwordHash: string | null;
}

export interface Waiting {
  readonly id: string;
  readonly userId: UserId;
  readonly organizationId: OrganizationId;
}

export interface SignInChallengeRepository {
  /** Clears away those of the same person that are too old. */
  store(challenge: NewChallenge): Promise<void>;
  /** One that still waits; looking at it is no try. */
  find(tokenHash: Buffer<ArrayBuffer>, now: Date): Promise<Waiting | null>;
  /** Counts a try. Null when it is used, too old, tried too often, or the membership is no longer active. */
  count(tokenHash: Buffer, now: Date): Promise<Challenged | null>;
  /** Uses it up. False when somebody else was first. */
  close(tokenHash: Buffer<ArrayBuffer>, now: Date): Promise<boolean>;
}

const countTry = prepared<Challenged>(
  'sign-in-challenge.count',
  `UPDATE sign_in_challenge c SET attempts = attempts + 1
     FROM membership m JOIN user_account u ON u.id = m.user_id
    WHERE c.token_hash = $1 AND c.used_at IS NULL AND c.expires_at > $2 AND c.attempts < ${MAX_ATTEMPTS}
      AND m.organization_id = c.organization_id AND m.user_id = c.user_id AND m.status = 'active'
   RETURNING c.id AS "challengeId", c.user_id AS "userId", c.organization_id AS "organizationId", c.methods, m.role,
             u.password_hash AS "passwordHash"`,
);

export function createSignInChallengeRepository({ prisma, pool }: Database): SignInChallengeRepository {
  return {
    async store(challenge) {
      const { userId, createdAt } = challenge;
      await prisma.signInChallenge.deleteMany({ where: { userId, expiresAt: { lt: createdAt } } });
      await prisma.signInChallenge.create({ data: challenge });
    },

    async find(tokenHash, now) {
      const row = await prisma.signInChallenge.findFirst({
        where: { tokenHash, usedAt: null, expiresAt: { gt: now }, attempts: { lt: MAX_ATTEMPTS } },
        select: { id: true, userId: true, organizationId: true },
      });
      if (!row) return null;
      const { id, userId, organizationId } = row;
      return { id, userId: userId as UserId, organizationId: organizationId as OrganizationId };
    },

    async count(tokenHash, now) {
      const [challenged] = await countTry(pool, [tokenHash, now]);
      return challenged ?? null;
    },

    async close(tokenHash, usedAt) {
      const { count } = await prisma.signInChallenge.updateMany({
        where: { tokenHash, usedAt: null },
        data: { usedAt },
      });
      return count > 0;
    },
  };
}
