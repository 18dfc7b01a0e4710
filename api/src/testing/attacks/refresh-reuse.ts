import { endpoints } from '@careconnect/contracts';
import { makeOrganization } from '../a-clinic.ts';
import type { TestClient } from '../test-client.ts';
import { createTally, type Attack } from './attack.ts';

const ROTATIONS = 5;
/** A browser's tabs may ask at the same moment with one token; a thief comes later. */
const LATER_MS = 120_000;

/** Somebody has copied a refresh token, and uses it after its owner has gone on with the next one. */
export const refreshReuse: Attack = {
  name: 'refresh tokens used a second time',
  async run(api) {
    const tally = createTally();
    const { members } = await makeOrganization(api.database);
    for (let stolenAt = 0; stolenAt < ROTATIONS; stolenAt += 1) {
      const owner = await api.signIn(members.doctor);
      let thief = owner.copy();
      for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
        if (rotation === stolenAt) thief = owner.copy();
        api.clock.advance(LATER_MS);
        await owner.call(endpoints.auth.refreshToken, { body: {} });
      }
      api.clock.advance(LATER_MS);
      tally.note((await refreshes(thief)) ? `the token of rotation ${stolenAt}` : null);
      // And whoever holds the newest one is not believed any more either: nobody knows who of the two is whose.
      tally.note((await refreshes(owner)) ? 'the family of a token that was used again' : null);
      tally.note((await isSignedIn(owner)) ? 'its session' : null);
    }
    return tally.outcome();
  },
};

async function refreshes(client: TestClient): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await client.send('POST', endpoints.auth.refreshToken.path, { headers, body: '{}' });
  return status !== 401;
}

async function isSignedIn(client: TestClient): Promise<boolean> {
  return (await client.send('GET', endpoints.auth.me.path)).status !== 401;
}
