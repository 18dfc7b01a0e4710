import type { RequestContext } from '../../core/request-context.ts';
import type { ResponseCookies } from '../../core/cookies.ts';
import { ATTEMPT_TTL_MS } from './sso-sign-in.service.ts';

/** Ties a sign-in at a provider to the browser that began it. The last one that was begun counts. */
export interface AttemptCookie {
  read(cookies: RequestContext['cookies']): string | undefined;
  write(cookies: ResponseCookies, token: string): void;
  clear(cookies: ResponseCookies): void;
}

const NAME = 'cc_sso';

/** `isSecure` is true wherever the front door speaks HTTPS. */
export function createAttemptCookie({ isSecure }: { readonly isSecure: boolean }): AttemptCookie {
  const cookie = {
    name: NAME,
    path: '/api/v1/auth/single-sign-on',
    httpOnly: true,
    secure: isSecure,
    sameSite: 'lax',
  } as const;
  return {
    read: (cookies) => cookies[NAME],
    write: (cookies, value) => cookies.set({ ...cookie, value, maxAge: ATTEMPT_TTL_MS / 1_000 }),
    clear: (cookies) => cookies.set({ ...cookie, value: '', maxAge: 0 }),
  };
}
