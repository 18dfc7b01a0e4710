import { createHmac } from 'node:crypto';

/** What a token of ours says, in JWT's own names; `iat` and `exp` are added. */
export type Claims = { readonly aud: string; readonly sub: string } & Readonly<Record<string, unknown>>;

/**
 * Signs a JWT (HS256) the way the platform's processes do, so that a bench can speak to one of them
 * alone. `secret` is the very text of the environment variable.
 */
export function signJwt(claims: Claims, secret: string, lifetimeSeconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const body = [
    { alg: 'HS256', typ: 'JWT' },
    { ...claims, iat: now, exp: now + lifetimeSeconds },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
