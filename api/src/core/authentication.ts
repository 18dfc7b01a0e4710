import { CSRF_COOKIE, type SessionId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessTokens } from './access-token.ts';
import type { Actor } from './actor.ts';
import type { Csrf } from './csrf.ts';
import type { RequestContext } from './request-context.ts';
import { ACCESS_COOKIE } from './session-cookies.ts';
import { sessionErrors } from './session-errors.ts';

/** Finds who a session belongs to now; null when it is over, or its membership is. */
export interface SessionDirectory {
  actorOf(sessionId: SessionId): Promise<Actor | null>;
}

export interface SignedInRequest {
  readonly actor: Actor;
  readonly by: 'cookie' | 'bearer';
}

export interface Authentication {
  /** Null when no token was sent; throws when the one that was sent is not good. */
  signedIn(headers: IncomingHttpHeaders, context: RequestContext): Promise<SignedInRequest | null>;
  /** False for a change asked for with cookies that another site could have made the browser send. */
  isFromOurPage(method: string, signedIn: SignedInRequest, context: RequestContext): boolean;
}

export interface AuthenticationDeps {
  readonly accessTokens: AccessTokens;
  readonly sessions: SessionDirectory;
  readonly csrf: Csrf;
  readonly clock: Clock;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function createAuthentication({
  accessTokens,
  sessions,
  csrf,
  clock,
}: AuthenticationDeps): Authentication {
  async function actorBehind(token: string): Promise<Actor> {
    const verified = accessTokens.verify(token, clock.now());
    if (verified.kind === 'invalid') throw sessionErrors.notSignedIn();
    const actor = verified.kind === 'good' ? await sessions.actorOf(verified.sessionId) : null;
    if (!actor) throw sessionErrors.expired();
    return actor;
  }

  return {
    async signedIn(headers, { cookies }) {
      // A page of another site cannot set this header, so it never falls back to cookies.
      if (headers.authorization !== undefined) {
        return { actor: await actorBehind(readBearer(headers.authorization)), by: 'bearer' };
      }
      const cookie = cookies[ACCESS_COOKIE];
      return cookie === undefined ? null : { actor: await actorBehind(cookie), by: 'cookie' };
    },

    isFromOurPage(method, { actor, by }, { cookies, csrfHeader }) {
      if (by === 'bearer' || SAFE_METHODS.has(method)) return true;
      return csrf.isGood(cookies[CSRF_COOKIE], csrfHeader, actor.sessionId);
    },
  };
}

/** The token of an `Authorization: Bearer` header; another scheme gives an empty one, which no verifier takes. */
export function readBearer(authorization: string): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
}
