import type { Clock } from '@careconnect/platform';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { hashOpaqueToken, newOpaqueToken } from '../../core/opaque-token.ts';
import type { AskedBySignature } from '../../core/passkey-proofs.ts';
import type { ChallengePurpose, WebauthnChallengeRepository } from './webauthn-challenge.repository.ts';

/** Long enough to fetch the phone; the browser gives up at the same moment. */
export const CHALLENGE_TTL_MS = 5 * 60_000;

export interface WebauthnChallenges {
  /** Answers with a new one, in base64url. */
  issue(purpose: ChallengePurpose, asked: AskedBySignature): Promise<string>;
  /** Uses up the one that was signed. Null when it is not one of ours, used, too old, or another's. */
  redeem(clientDataJSON: string, purpose: ChallengePurpose, asked: AskedBySignature): Promise<string | null>;
}

export interface WebauthnChallengesDeps {
  readonly challenges: WebauthnChallengeRepository;
  readonly clock: Clock;
}

export function createWebauthnChallenges({ challenges, clock }: WebauthnChallengesDeps): WebauthnChallenges {
  return {
    async issue(purpose, asked) {
      const challenge = newOpaqueToken();
      const createdAt = clock.now();
      const expiresAt = new Date(createdAt.getTime() + CHALLENGE_TTL_MS);
      const challengeHash = hashOpaqueToken(challenge);
      await challenges.store({ challengeHash, purpose, asked, createdAt, expiresAt });
      return challenge;
    },

    async redeem(clientDataJSON, purpose, asked) {
      const challenge = challengeIn(clientDataJSON);
      if (challenge === null) return null;
      const challengeHash = hashOpaqueToken(challenge);
      return (await challenges.use({ challengeHash, purpose, asked }, clock.now())) ? challenge : null;
    },
  };
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    const said: unknown = decodeClientDataJSON(clientDataJSON);
    const isTold = typeof said === 'object' && said !== null && 'challenge' in said;
    return isTold && typeof said.challenge === 'string' ? said.challenge : null;
  } catch {
    // What is no JSON names none.
    return null;
  }
}
