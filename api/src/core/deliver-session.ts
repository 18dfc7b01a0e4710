import type { SessionTokens, Me } from '@careconnect/contracts';
import type { ResponseCookies } from './cookies.ts';
import type { OpenedSession, SessionCookies } from './session-cookies.ts';

/** Hands a session to whoever has just opened it: a browser in cookies, an integrator in the body. */
export type DeliverSession = (
  opened: OpenedSession,
  by: 'cookie' | 'body',
  setCookies: ResponseCookies,
) => { readonly me: Me; readonly tokens: SessionTokens | null };

export function createDeliverSession(sessionCookies: SessionCookies): DeliverSession {
  return ({ me, issued }, by, setCookies) => {
    if (by === 'body') return { me, tokens: issued.tokens };
    sessionCookies.write(setCookies, issued);
    return { me, tokens: null };
  };
}
