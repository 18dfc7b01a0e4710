import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  const api = loadApi(event);
  const { singleSignOn } = me;
  // What a session of their organization's own sign-in does not open is not asked for.
  const isClosed = singleSignOn !== null && !singleSignOn.hasMadeAccount;
  const [factors, passkeys, phone, own, rules] = await Promise.all([
    api.call(endpoints.secondFactor.get),
    singleSignOn === null ? api.call(endpoints.passkeys.list) : null,
    isClosed ? null : api.call(endpoints.phones.get),
    me.mustSetUpSecondFactor || isClosed ? null : api.call(endpoints.sessions.list),
    me.mustSetUpSecondFactor || singleSignOn !== null ? null : api.call(endpoints.credentials.passwordRules),
  ]);
  return { factors, passkeys, phone, sessions: own?.sessions ?? null, rules };
};
