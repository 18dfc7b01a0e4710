import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const api = loadApi(event);
  const [{ consents }, { erasure }] = await Promise.all([
    api.call(endpoints.consents.mine),
    api.call(endpoints.erasures.mine),
  ]);
  return { consents, erasure };
};
