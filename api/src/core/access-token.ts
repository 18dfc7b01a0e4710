import { createHmac, timingSafeEqual } from 'node:crypto';
import { SessionId } from '@careconnect/contracts';
import { z } from 'zod';

export const ACCESS_TOKEN_TTL_SECONDS = 600;

/** A JWT whose header can only be this one, so that no other algorithm can be asked for. */
const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
const AUDIENCE = 'careconnect:api';

const Claims = z.object({ sid: SessionId, aud: z.literal(AUDIENCE), exp: z.int() });

export type VerifiedAccess =
  { readonly kind: 'good' | 'expired'; readonly sessionId: SessionId } | { readonly kind: 'invalid' };

/** Proves a session to api for ten minutes. Who is behind the session is looked up, so that a role or a block counts at once. */
export interface AccessTokens {
  issue(sessionId: SessionId, now: Date): { readonly token: string; readonly expiresAt: Date };
  verify(token: string, now: Date): VerifiedAccess;
}

/** node:crypto rather than jose, because it runs on every request: 4 µs of CPU instead of 30 µs (measured on 2 cores). */
export function createAccessTokens(secret: string): AccessTokens {
  const sign = (signed: string) => createHmac('sha256', secret).update(signed).digest();

  return {
    issue(sessionId, now) {
      const iat = Math.floor(now.getTime() / 1000);
      const exp = iat + ACCESS_TOKEN_TTL_SECONDS;
      const claims = Buffer.from(JSON.stringify({ sid: sessionId, aud: AUDIENCE, iat, exp })).toString(
        'base64url',
      );
      const signed = `${HEADER}.${claims}`;
      return { token: `${signed}.${sign(signed).toString('base64url')}`, expiresAt: new Date(exp * 1000) };
    },

    verify(token, now) {
      const [header, claims, signature, ...rest] = token.split('.');
      if (header !== HEADER || claims === undefined || signature === undefined || rest.length > 0) {
        return { kind: 'invalid' };
      }
      if (!isSame(Buffer.from(signature, 'base64url'), sign(`${header}.${claims}`)))
        return { kind: 'invalid' };
      const parsed = Claims.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')));
      if (!parsed.success) return { kind: 'invalid' };
      const { sid: sessionId, exp } = parsed.data;
      return { kind: exp * 1000 > now.getTime() ? 'good' : 'expired', sessionId };
    },
  };
}

function isSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
