import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const api = loadApi(event);
  const [factors, passkeys, own] = await Promise.all([
    api.call(endpoints.secondFactor.get),
    api.call(endpoints.passkeys.list),
    me.mustSetUpSecondFactor ? null : api.call(endpoints.sessions.list),
  ]);
  return { factors, passkeys, sessions: own?.sessions ?? null };
};
