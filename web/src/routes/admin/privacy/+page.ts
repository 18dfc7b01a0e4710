import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const api = loadApi(event);
  const [{ texts }, { erasures }, { years }] = await Promise.all([
    api.call(endpoints.consents.texts),
    api.call(endpoints.erasures.list),
    api.call(endpoints.erasures.getRetention),
  ]);
  return { texts, erasures, years };
};
