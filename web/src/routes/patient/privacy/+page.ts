import { endpoints } from '@careconnect/contracts';
import { loadOwnDetails } from '#lib/features/corrections/load-own-details.ts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const api = loadApi(event);
  const { me } = await event.parent();
  const [{ consents }, { erasure }, details] = await Promise.all([
    api.call(endpoints.consents.mine),
    api.call(endpoints.erasures.mine),
    loadOwnDetails(event, me),
  ]);
  return { consents, erasure, details };
};
