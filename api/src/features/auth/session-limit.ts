import type { SessionId } from '@careconnect/contracts';
import { networkOf } from '@careconnect/platform';
import { hashOpaqueToken } from '../../core/opaque-token.ts';
import type { RateLimits } from '../../core/rate-limit.ts';
import type { RefreshTokenRepository } from './refresh-token.repository.ts';
import { sessionIdOf } from './session.service.ts';

/**
 * Going on with a session and ending it are counted by the session, so that nobody can use up the tries of those
 * who share their network. Errors: RATE_LIMITED.
 */
export interface SessionLimit {
  /** A token that is missing or not ours is counted by its network. */
  count(refreshToken: string | null, ip: string): Promise<void>;
  countSession(sessionId: SessionId): Promise<void>;
}

export interface SessionLimitDeps {
  readonly refreshTokens: Pick<RefreshTokenRepository, 'findSession'>;
  readonly rateLimits: RateLimits;
}

export function createSessionLimit({ refreshTokens, rateLimits }: SessionLimitDeps): SessionLimit {
  const countSession = (sessionId: SessionId) => rateLimits.consume('session', sessionId);

  return {
    countSession,
    async count(refreshToken, ip) {
      // What a token says of itself is believed only when the token is known: anybody can write a session's id.
      const isOurKind = refreshToken !== null && sessionIdOf(refreshToken) !== null;
      const sessionId = isOurKind ? await refreshTokens.findSession(hashOpaqueToken(refreshToken)) : null;
      if (sessionId === null) await rateLimits.consume('refusedSession', networkOf(ip));
      else await countSession(sessionId);
    },
  };
}
