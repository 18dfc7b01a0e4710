import { endpoints } from '@careconnect/contracts';
import { createServiceTokens } from '@careconnect/platform';
import { ACCESS_TOKEN_TTL_SECONDS } from '../../core/access-token.ts';
import { ACCESS_COOKIE } from '../../core/session-cookies.ts';
import { makeOrganization, TEST_PASSWORD } from '../a-clinic.ts';
import type { TestApi } from '../test-api.ts';
import { createTally, type Attack } from './attack.ts';
import { forgeTokens } from './forged-tokens.ts';

/** Forged, expired, or good for something else. */
export const accessTokens: Attack = {
  name: 'access tokens: forged, expired, of another audience',
  async run(api) {
    const tally = createTally();
    const { members } = await makeOrganization(api.database);
    const [own, other] = [
      await tokensOf(api, members.doctor.email),
      await tokensOf(api, members.admin.email),
    ];
    if (!(await isLetIn(api, own.accessToken)))
      throw new Error('the token that all are made from is not good');

    const services = createServiceTokens(api.serviceSecret, 'signaling');
    const joinTickets = createServiceTokens(api.joinTicketSecret, 'signaling');
    const offered = [
      ...forgeTokens(own.accessToken, other.accessToken),
      { what: 'a token of one of our processes', token: await services.tokenFor('api') },
      { what: 'signed with the secret of join tickets', token: await joinTickets.tokenFor('api') },
      { what: 'a refresh token', token: own.refreshToken },
    ];
    for (const { what, token } of offered) tally.note((await isLetIn(api, token)) ? what : null);

    api.clock.advance(ACCESS_TOKEN_TTL_SECONDS * 1000);
    tally.note((await isLetIn(api, own.accessToken)) ? 'an expired token' : null);
    return tally.outcome();
  },
};

async function tokensOf(api: TestApi, email: string) {
  const answer = await api.client().call(endpoints.auth.login, {
    body: { email, password: TEST_PASSWORD, tokenDelivery: 'body' },
  });
  if (answer.kind !== 'signedIn' || !answer.tokens) throw new Error('no token was given');
  return answer.tokens;
}

/** As programs send it, and as browsers do. */
async function isLetIn(api: TestApi, token: string): Promise<boolean> {
  const { path } = endpoints.auth.me;
  const asked = await Promise.all([
    api.client().send('GET', path, { headers: { authorization: `Bearer ${token}` } }),
    api.client().send('GET', path, { headers: { cookie: `${ACCESS_COOKIE}=${encodeURIComponent(token)}` } }),
  ]);
  return asked.some(({ status }) => status !== 401);
}
