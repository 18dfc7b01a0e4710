import { endpoints } from '@careconnect/contracts';
import { setUpApp } from '../../features/second-factor/testing/an-app.ts';
import { makeOrganization, TEST_PASSWORD } from '../a-clinic.ts';
import type { Attack } from './attack.ts';

const DAY_MS = 24 * 3_600_000;
/** What five tries over a network take at the least. */
const ROUND_MS = 1_000;
const TRIES_A_SIGN_IN = 5;
/** Of a code of six digits, of which that of this half minute and its neighbours are good. */
const ODDS = 3 / 1_000_000;
/** What somebody may find in a day who has the password. */
const BEARABLE_CHANCE = 0.001;

/** Somebody who has the password tries codes for a day, as fast as they are let. */
export const codeGuessing: Attack = {
  name: 'codes of an authenticator app, guessed for a day',
  async run(api) {
    const { receptionist } = (await makeOrganization(api.database)).members;
    await setUpApp(api, await api.signIn(receptionist));
    let tried = 0;
    let lookedAt = 0;
    const until = api.clock.now().getTime() + DAY_MS;
    while (api.clock.now().getTime() < until) {
      const answer = await api.client().call(endpoints.auth.login, {
        body: { email: receptionist.email, password: TEST_PASSWORD },
      });
      if (answer.kind !== 'secondFactor') return { tried, leaked: ['the password was enough'] };
      let waitMs = ROUND_MS;
      for (let attempt = 0; attempt < TRIES_A_SIGN_IN; attempt += 1) {
        tried += 1;
        const body = { challenge: answer.challenge, method: 'totp' as const, code: String(100_000 + tried) };
        const { code, retryAfterSeconds } = await api
          .client()
          .refused(endpoints.auth.loginSecondStep, { body });
        if (code === 'CODE_WRONG') lookedAt += 1;
        waitMs = Math.max(waitMs, (retryAfterSeconds ?? 0) * 1000);
      }
      api.clock.advance(waitMs);
    }
    if (lookedAt === 0) throw new Error('no code was looked at');
    const chance = lookedAt * ODDS;
    const found = `a chance of ${chance} in a day, by ${lookedAt} codes that were looked at`;
    return { tried, leaked: chance > BEARABLE_CHANCE ? [found] : [] };
  },
};
