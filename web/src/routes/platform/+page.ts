import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  // Whoever has no second step yet is sent to set it up, before they ask for what is closed to them.
  await event.parent();
  return loadApi(event).call(endpoints.organizations.list);
};
