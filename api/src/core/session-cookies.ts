import { CSRF_COOKIE, type Me, type SessionTokens } from '@careconnect/contracts';
import type { ResponseCookies } from './cookies.ts';

export const ACCESS_COOKIE = 'cc_access';
export const REFRESH_COOKIE = 'cc_refresh';

/** The refresh token travels to these endpoints and nowhere else. */
const REFRESH_PATH = '/api/v1/auth';

/** A session as its owner is handed it, once. */
export interface IssuedSession {
  readonly tokens: SessionTokens;
  readonly csrfToken: string;
  readonly refreshExpiresAt: Date;
}

/** A session that has just begun or gone on, and who it belongs to. */
export interface OpenedSession {
  readonly me: Me;
  readonly issued: IssuedSession;
}

/** Opens a session for a guest who has just been registered; wired in `compose.ts` for the walk-in. */
export interface GuestSessions {
  open(
    guest: { readonly userId: string; readonly organizationId: string },
    request: { readonly ip: string; readonly userAgent: string; readonly requestId: string },
  ): Promise<OpenedSession>;
}

export interface SessionCookies {
  write(cookies: ResponseCookies, session: IssuedSession): void;
  clear(cookies: ResponseCookies): void;
}

/** `isSecure` is true wherever the front door speaks HTTPS. */
export function createSessionCookies({ isSecure }: { readonly isSecure: boolean }): SessionCookies {
  const access = {
    name: ACCESS_COOKIE,
    path: '/',
    httpOnly: true,
    secure: isSecure,
    sameSite: 'lax',
  } as const;
  const refresh = {
    name: REFRESH_COOKIE,
    path: REFRESH_PATH,
    httpOnly: true,
    secure: isSecure,
    sameSite: 'strict',
  } as const;
  // Read by our own pages, which send it back as a header.
  const csrf = { name: CSRF_COOKIE, path: '/', httpOnly: false, secure: isSecure, sameSite: 'lax' } as const;

  return {
    write(cookies, { tokens, csrfToken, refreshExpiresAt }) {
      cookies.set({ ...access, value: tokens.accessToken, expires: new Date(tokens.accessTokenExpiresAt) });
      cookies.set({ ...refresh, value: tokens.refreshToken, expires: refreshExpiresAt });
      cookies.set({ ...csrf, value: csrfToken, expires: refreshExpiresAt });
    },
    clear(cookies) {
      for (const cookie of [access, refresh, csrf]) cookies.set({ ...cookie, value: '', maxAge: 0 });
    },
  };
}
