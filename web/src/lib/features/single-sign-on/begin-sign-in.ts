import { endpoints } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { safeReturnTo } from '#lib/session/return-to.ts';
import { deviceStore, tabStore } from '#lib/storage/browser-store.ts';

const RETURN_TO_KEY = 'careconnect.sso.returnTo';
const CLINIC_KEY = 'careconnect.sso.clinic';

/** Sends the browser to the sign-in of a clinic's own, which brings it back to the page beside this one. */
export async function beginAtClinic(
  clinic: string,
  { isFresh = false, returnTo }: { readonly isFresh?: boolean; readonly returnTo?: string | null } = {},
): Promise<void> {
  const body = { isFresh };
  const { authorizationUrl } = await createApiClient().call(endpoints.singleSignOn.begin, {
    params: { clinic },
    body,
  });
  if (returnTo == null) tabStore.removeItem(RETURN_TO_KEY);
  else tabStore.setItem(RETURN_TO_KEY, returnTo);
  location.assign(authorizationUrl);
}

/** Where the person wanted to go before they were sent away; told once. */
export function takeReturnTo(origin: string): string | null {
  const wanted = tabStore.getItem(RETURN_TO_KEY);
  tabStore.removeItem(RETURN_TO_KEY);
  return safeReturnTo(wanted, origin);
}

/** Whose sign-in was used in this browser last: the device's business, and not the person's. */
export const lastClinic = {
  read: () => deviceStore.getItem(CLINIC_KEY),
  remember: (clinic: string) => deviceStore.setItem(CLINIC_KEY, clinic),
};
