import { CONFIRMED_FOR_MINUTES, CSRF_COOKIE, IDLE_HEADER, type SessionId } from '@careconnect/contracts';
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
  /** @param seenAt when the person last did something, as far as their page knows */
  actorOf(sessionId: SessionId, seenAt: Date): Promise<Actor | null>;
  /** As {@link actorOf}, and no earlier answer will do. */
  freshActorOf(sessionId: SessionId): Promise<Actor | null>;
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
  /** Whether they have proved who they are lately enough for what is dangerous. */
  isConfirmed(actor: Actor): Promise<boolean>;
}

export interface AuthenticationDeps {
  readonly accessTokens: AccessTokens;
  readonly sessions: SessionDirectory;
  readonly csrf: Csrf;
  readonly clock: Clock;
}

const CONFIRMED_FOR_MS = CONFIRMED_FOR_MINUTES * 60_000;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function createAuthentication({
  accessTokens,
  sessions,
  csrf,
  clock,
}: AuthenticationDeps): Authentication {
  const isLately = (confirmedAt: Date) => clock.now().getTime() - confirmedAt.getTime() <= CONFIRMED_FOR_MS;

  async function actorBehind(token: string, idleMs: number): Promise<Actor> {
    const now = clock.now();
    const verified = accessTokens.verify(token, now);
    if (verified.kind === 'invalid') throw sessionErrors.notSignedIn();
    const seenAt = new Date(now.getTime() - idleMs);
    const actor = verified.kind === 'good' ? await sessions.actorOf(verified.sessionId, seenAt) : null;
    if (!actor) throw sessionErrors.expired();
    return actor;
  }

  return {
    async signedIn(headers, { cookies }) {
      // A page of another site cannot set this header, so it never falls back to cookies.
      if (headers.authorization !== undefined) {
        return { actor: await actorBehind(readBearer(headers.authorization), 0), by: 'bearer' };
      }
      const cookie = cookies[ACCESS_COOKIE];
      if (cookie === undefined) return null;
      return { actor: await actorBehind(cookie, readIdleMs(headers)), by: 'cookie' };
    },

    isFromOurPage(method, { actor, by }, { cookies, csrfHeader }) {
      if (by === 'bearer' || SAFE_METHODS.has(method)) return true;
      return csrf.isGood(cookies[CSRF_COOKIE], csrfHeader, actor.sessionId);
    },

    async isConfirmed({ sessionId, confirmedAt }) {
      if (isLately(confirmedAt)) return true;
      // They may have done so a moment ago, at another node.
      const fresh = await sessions.freshActorOf(sessionId);
      return fresh !== null && isLately(fresh.confirmedAt);
    },
  };
}

/** A page asks by itself too; it says how long nobody has touched it. Whoever sends nothing has just done something. */
function readIdleMs(headers: IncomingHttpHeaders): number {
  const value = headers[IDLE_HEADER];
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : 0;
}

/** The token of an `Authorization: Bearer` header; another scheme gives an empty one, which no verifier takes. */
export function readBearer(authorization: string): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
}
