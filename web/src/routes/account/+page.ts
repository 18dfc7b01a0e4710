import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const api = loadApi(event);
  const [factors, own] = await Promise.all([
    api.call(endpoints.secondFactor.get),
    me.mustSetUpSecondFactor ? null : api.call(endpoints.sessions.list),
  ]);
  return { factors, sessions: own?.sessions ?? null };
};
