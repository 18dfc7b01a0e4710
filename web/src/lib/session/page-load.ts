import { endpoints, type Me, type Role } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/api-error.ts';
import { createApiClient, type ApiClient } from '#lib/api/client.ts';
import { actFor } from './acting.ts';
import { HOME_OF } from './homes.ts';
import { signInHref } from './return-to.ts';

/** Where everyone sets up how they sign in. */
const ACCOUNT = '/account';

/** The parts of a load event that are needed to call the API for a page. */
export interface LoadEvent {
  readonly fetch: typeof globalThis.fetch;
  readonly url: URL;
}

/** The API for a load function: without a session the person is sent to sign in and brought back. */
export function loadApi({ fetch, url }: LoadEvent): ApiClient {
  const api = createApiClient(fetch);
  return {
    async call(endpoint, call) {
      try {
        return await api.call(endpoint, call);
      } catch (error) {
        if (error instanceof ApiError && error.needsSignIn) redirect(303, signInHref(url));
        if (error instanceof ApiError && error.code === 'SECOND_FACTOR_NEEDED') redirect(303, ACCOUNT);
        throw error;
      }
    },
    get clockLagMs() {
      return api.clockLagMs;
    },
  };
}

/**
 * Who is here. Someone with another role is sent to their own home.
 *
 * Pages that call this set `ssr = false`: the refresh cookie travels to the auth endpoints alone, so only
 * the browser can renew a session, and it does so in one place for all its tabs.
 */
export async function requireRole(event: LoadEvent, roles: readonly Role[]): Promise<Me> {
  const me = await loadApi(event).call(endpoints.auth.me);
  // Staff act for nobody, whoever was signed in in this tab before them.
  if (me.role !== 'patient') actFor(null);
  if (!roles.includes(me.role)) redirect(303, HOME_OF[me.role]);
  if (me.mustSetUpSecondFactor && event.url.pathname !== ACCOUNT) redirect(303, ACCOUNT);
  return me;
}
