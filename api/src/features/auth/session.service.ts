import { createHmac, randomUUID } from 'node:crypto';
import { SessionId, type Me } from '@careconnect/contracts';
import type { Clock, Logger } from '@careconnect/platform';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { AccessTokens } from '../../core/access-token.ts';
import type { Csrf } from '../../core/csrf.ts';
import { deriveOpaqueToken, hashOpaqueToken, newOpaqueToken } from '../../core/opaque-token.ts';
import type { IssuedSession, OpenedSession } from '../../core/session-cookies.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { authErrors } from './auth.errors.ts';
import type { RefreshTokenRepository } from './refresh-token.repository.ts';
import { lifetimeMs, REFRESH_IDLE_TTL_MS, toMe, type NewSession } from './session.ts';
import type { SessionRepository } from './session.repository.ts';

export interface SessionServiceDeps {
  readonly sessions: SessionRepository;
  readonly refreshTokens: RefreshTokenRepository;
  readonly ended: EndedSessions;
  readonly accessTokens: AccessTokens;
  readonly csrf: Csrf;
  readonly clock: Clock;
  readonly log: Logger;
  /** Keys the successors of refresh tokens. */
  readonly secret: string;
}

export interface SessionService {
  /** Errors: INVALID_CREDENTIALS when the password was replaced while it was looked at; ORGANIZATION_SUSPENDED. */
  open(session: NewSession, requestId: string): Promise<OpenedSession>;
  /** A new pair for a refresh token; a copied token ends the whole session instead. */
  refresh(refreshToken: string, requestId: string): Promise<OpenedSession>;
  end(sessionId: SessionId, requestId: string): Promise<void>;
  /** For someone whose access token has run out. An unknown token ends nothing. */
  endByRefreshToken(refreshToken: string, requestId: string): Promise<void>;
  /** Those of these that somebody has ended; one that has run out is not among them. */
  findEnded(sessionIds: readonly SessionId[]): Promise<SessionId[]>;
  me(sessionId: SessionId): Promise<Me>;
}

export function createSessionService(deps: SessionServiceDeps): SessionService {
  const { sessions, refreshTokens, ended, accessTokens, csrf, clock, log } = deps;
  const successorKey = createHmac('sha256', deps.secret).update('refresh-token').digest();
  // The same token has the same successor: that is what a second tab is answered with.
  const successorOf = (token: string, sessionId: SessionId) =>
    `${sessionId}.${deriveOpaqueToken(successorKey, token)}`;

  async function issue(
    sessionId: SessionId,
    refreshToken: string,
    refreshExpiresAt: Date,
  ): Promise<OpenedSession> {
    const now = clock.now();
    const record = await sessions.findLive(sessionId, now);
    if (!record) throw sessionErrors.expired();
    const access = accessTokens.issue(sessionId, now);
    const issued: IssuedSession = {
      tokens: {
        accessToken: access.token,
        accessTokenExpiresAt: access.expiresAt.toISOString(),
        refreshToken,
      },
      csrfToken: csrf.issue(sessionId),
      refreshExpiresAt,
    };
    return { me: toMe(record), issued };
  }

  async function end(sessionId: SessionId, reason: string, requestId: string): Promise<void> {
    await sessions.revoke(sessionId, reason, requestId, clock.now());
    ended.tell([sessionId]);
  }

  return {
    async open(session, requestId) {
      const now = clock.now();
      const sessionId = SessionId.parse(randomUUID());
      const refreshToken = `${sessionId}.${newOpaqueToken()}`;
      const sessionExpiresAt = new Date(now.getTime() + lifetimeMs(session));
      const refreshExpiresAt = new Date(
        Math.min(now.getTime() + REFRESH_IDLE_TTL_MS, sessionExpiresAt.getTime()),
      );
      const hash = hashOpaqueToken(refreshToken);
      const token = { sessionId, hash, sessionExpiresAt, refreshExpiresAt };
      if (!(await sessions.create(session, token, requestId, now))) throw authErrors.invalidCredentials();
      return issue(sessionId, refreshToken, refreshExpiresAt);
    },

    async refresh(refreshToken, requestId) {
      const claimed = sessionIdOf(refreshToken);
      if (!claimed) throw sessionErrors.expired();
      const successor = successorOf(refreshToken, claimed);
      const rotation = await refreshTokens.rotate(
        hashOpaqueToken(refreshToken),
        hashOpaqueToken(successor),
        clock.now(),
      );
      if (rotation.kind === 'unknown') throw sessionErrors.expired();
      if (rotation.kind === 'reused') {
        log.warn(
          { sessionId: rotation.sessionId, requestId },
          'a used refresh token came back; session ended',
        );
        await end(rotation.sessionId, 'refresh token reused', requestId);
        throw sessionErrors.expired('reused');
      }
      return issue(rotation.sessionId, successor, rotation.refreshExpiresAt);
    },

    end: (sessionId, requestId) => end(sessionId, 'signed out', requestId),

    async endByRefreshToken(refreshToken, requestId) {
      const sessionId = await refreshTokens.findSession(hashOpaqueToken(refreshToken));
      if (sessionId) await end(sessionId, 'signed out', requestId);
    },

    findEnded: (sessionIds) => sessions.findEnded(sessionIds, clock.now()),

    async me(sessionId) {
      const record = await sessions.findLive(sessionId, clock.now());
      if (!record) throw sessionErrors.expired();
      return toMe(record);
    },
  };
}

/** A refresh token begins with its session's id, so that CSRF can be checked before it is used up. */
export function sessionIdOf(refreshToken: string): SessionId | null {
  const parsed = SessionId.safeParse(refreshToken.split('.')[0]);
  return parsed.success ? parsed.data : null;
}
