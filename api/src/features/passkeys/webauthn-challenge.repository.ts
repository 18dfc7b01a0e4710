import type { Database } from '@careconnect/prisma';
import type { AskedBySignature } from '../../core/passkey-proofs.ts';

export type ChallengePurpose = 'registration' | 'authentication';

export interface NewWebauthnChallenge {
  readonly challengeHash: Buffer<ArrayBuffer>;
  readonly purpose: ChallengePurpose;
  readonly asked: AskedBySignature;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface WebauthnChallengeRepository {
  /** Clears away those that are too old. */
  store(challenge: NewWebauthnChallenge): Promise<void>;
  /** Uses it up. False when it is used, too old, or was made for somebody or something else. */
  use(
    challenge: Pick<NewWebauthnChallenge, 'challengeHash' | 'purpose' | 'asked'>,
    now: Date,
  ): Promise<boolean>;
}

export function createWebauthnChallengeRepository({
  prisma,
}: Pick<Database, 'prisma'>): WebauthnChallengeRepository {
  return {
    async store({ asked, ...challenge }) {
      await prisma.webauthnChallenge.deleteMany({ where: { expiresAt: { lt: challenge.createdAt } } });
      await prisma.webauthnChallenge.create({ data: { ...challenge, ...askerOf(asked) } });
    },

    async use({ challengeHash, purpose, asked }, now) {
      const { count } = await prisma.webauthnChallenge.updateMany({
        where: { challengeHash, purpose, ...askerOf(asked), usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      });
      return count > 0;
    },
  };
}

function askerOf(asked: AskedBySignature) {
  return {
    userId: asked.kind === 'anybody' ? null : asked.userId,
    sessionId: asked.kind === 'session' ? asked.sessionId : null,
    signInChallengeId: asked.kind === 'secondStep' ? asked.signInChallengeId : null,
  };
}
