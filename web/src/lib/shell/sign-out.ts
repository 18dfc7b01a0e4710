import { endpoints } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { forgetPerson } from '#lib/storage/browser-store.ts';

/** Ends the session on this device and leaves with a full page load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await createApiClient().call(endpoints.auth.logout);
  forgetPerson();
  location.assign('/sign-in?signedOut=1');
}
