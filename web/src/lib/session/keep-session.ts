import { endpoints } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';
import type { IdleWatch } from './idle-watch.ts';

const TOUCH_EVERY_MS = 60_000;
/** Well within the shortest idle timeout that an organization may choose. */
const TELL_EVERY_MS = 4 * 60_000;

/**
 * Whoever looks at faces touches nothing, and is there all the same. While this runs neither their page nor the
 * platform takes them for gone, so that nobody is signed out at the end of a visit. Answers with what ends it.
 */
export function keepSession(api: Pick<ApiClient, 'call'>, watch: Pick<IdleWatch, 'touch'>): () => void {
  watch.touch();
  const touching = setInterval(() => watch.touch(), TOUCH_EVERY_MS);
  const telling = setInterval(() => {
    // A session that has ended is noticed where something is asked for.
    api.call(endpoints.auth.me).catch(() => undefined);
  }, TELL_EVERY_MS);
  return () => {
    clearInterval(touching);
    clearInterval(telling);
  };
}
