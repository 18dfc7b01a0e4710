import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { items } = await loadApi(event).call(endpoints.providers.list);
  return { providers: items };
};
