import { endpoints } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { forgetPerson, tabStore } from '#lib/storage/browser-store.ts';

/** Ends the session on this device and leaves with a full page load, so that nothing of it stays in memory. */
export async function signOut(goTo = '/sign-in?signedOut=1'): Promise<void> {
  await createApiClient().call(endpoints.auth.logout);
  forgetPerson();
  for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, forgetTypedWords);
  // The page that was left is not one to come back to.
  location.replace(goTo);
}

/** What was typed into pages. SvelteKit writes it down as a page goes, and listens before we do. */
function forgetTypedWords(): void {
  for (const key of ['sveltekit:snapshot', 'sveltekit:navigation-snapshot']) tabStore.removeItem(key);
}
