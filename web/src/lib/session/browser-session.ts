import { CSRF_COOKIE, CSRF_HEADER, endpoints } from '@careconnect/contracts';
import { apiErrors } from '#lib/api/api-error.ts';
import type { ApiSession } from '#lib/api/api-session.ts';
import { createSessionRenewal } from '#lib/api/session-renewal.ts';
import { deviceStore } from '#lib/storage/browser-store.ts';
import { actingFor } from './acting.ts';
import { readCookie } from './cookie.ts';
import { createIdleWatch } from './idle-watch.ts';
import { createReauthentication } from './reauthentication.ts';

const RENEWED_AT_KEY = 'careconnect.session.renewedAt';
const RENEWAL_LOCK = 'careconnect.session.renewal';

/** Pages lend their sign-in dialog to the session here. */
export const reauthentication = createReauthentication();

/** The same for the dialog in which somebody confirms that it is them. */
export const confirmation = createReauthentication();

/** When somebody last touched a page in this browser. */
export const idleWatch = createIdleWatch({ store: deviceStore, now: () => Date.now() });

/**
 * The one session of this browser. It is a constant of the page because the cookies it stands for are
 * shared by every tab; on the server nothing here is ever called.
 */
export const browserSession: ApiSession = {
  ...createSessionRenewal({
    exchange,
    exclusively,
    lastRenewedAt: () => Number(deviceStore.getItem(RENEWED_AT_KEY) ?? 0),
    markRenewed: (at) => deviceStore.setItem(RENEWED_AT_KEY, String(at)),
    now: () => Date.now(),
  }),
  csrfToken: () => readCookie(document.cookie, CSRF_COOKIE),
  signInAgain: () => reauthentication.ask(),
  confirm: () => confirmation.ask(),
  actingFor,
  idleSeconds: () => Math.floor(idleWatch.idleMs() / 1_000),
};

async function exchange(): Promise<boolean> {
  const csrf = browserSession.csrfToken();
  const { method, path } = endpoints.auth.refreshToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: csrf === null ? {} : { [CSRF_HEADER]: csrf },
    });
  } catch (cause) {
    throw apiErrors.offline(cause);
  }
  if (response.ok) return true;
  if (response.status >= 500 || response.status === 429) {
    // Not an answer about the session: nobody is signed out because a server restarts.
    throw apiErrors.fromResponse(response, null);
  }
  return false;
}

function exclusively<T>(task: () => Promise<T>): Promise<T> {
  // Web Locks exist only on secure origins; elsewhere one tab at a time must do.
  if (!('locks' in navigator)) return task();
  return navigator.locks.request(RENEWAL_LOCK, task);
}
