import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import type { TestClient } from '../testing/test-client.ts';

/** 60 public reads, 3 sign-ins, 3 resets, 3 of one session and 30 refused tokens a minute. */
const TIGHT = 0.05;
const { login, logout, me, refreshToken, confirmPasswordReset, requestPasswordReset } = endpoints.auth;

let api: TestApi;
let clinic: Clinic;
beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), rateLimitFactor: TIGHT });
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

let networks = 0;

interface Network {
  readonly anyone: () => TestClient;
  readonly doctor: () => Promise<TestClient>;
}

/** People of one network that nobody has asked from before. */
function aNetwork(): Network {
  networks += 1;
  const headers = { 'x-forwarded-for': `203.0.113.${networks}` };
  return {
    anyone: () => api.client(headers),
    async doctor(): Promise<TestClient> {
      const client = api.client(headers);
      await client.call(login, { body: { email: clinic.members.doctor.email, password: TEST_PASSWORD } });
      return client;
    },
  };
}

/** Asks until the answer is that it was too much. */
async function useUp(ask: () => Promise<{ code?: string }>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await ask()).code === 'RATE_LIMITED') return;
  }
  throw new Error('there is no end to it');
}

const problem = async (answer: Promise<{ body: unknown }>) => (await answer).body as { code?: string };
const read = (client: TestClient) => problem(client.send('GET', `/api/v1/walk-ins/${clinic.walkInSlug}`));

test('whoever reads too much stops nobody else on their network from going on, reading or signing out', async () => {
  const { anyone, doctor } = aNetwork();
  const colleague = await doctor();
  const stranger = anyone();
  await useUp(() => read(stranger));
  expect((await read(anyone())).code).toBe('RATE_LIMITED');
  await colleague.call(refreshToken);
  expect((await colleague.call(me)).role).toBe('doctor');
  expect((await read(colleague)).code).toBeUndefined();
  await colleague.call(logout);
  await doctor();
});

test('resets that nobody asked for take no sign-in away, nor the other way round', async () => {
  const { anyone, doctor } = aNetwork();
  const junk = { token: 'there is no such token', newPassword: 'another-orchard-eight' };
  await useUp(() => anyone().refused(confirmPasswordReset, { body: junk }));
  await doctor();
  const guess = { email: 'nobody@clinic.example', password: 'a guess' };
  await useUp(() => anyone().refused(login, { body: guess }));
  const other = aNetwork();
  await useUp(() => other.anyone().refused(login, { body: guess }));
  await other.anyone().call(requestPasswordReset, { body: { email: 'nobody@clinic.example' } });
});

test('tokens that are not ours are counted by their network, and stop none that is', async () => {
  const { anyone, doctor } = aNetwork();
  const [colleague, another] = [await doctor(), await doctor()];
  const sessionId = colleague.cookies.get('cc_refresh')?.split('.')[0] ?? '';
  for (const token of [`${sessionId}.made-up`, 'junk']) {
    await useUp(() => anyone().refused(refreshToken, { body: { refreshToken: token } }));
  }
  // Without a token, and from a page that is not ours, it is the same.
  expect((await anyone().refused(refreshToken)).code).toBe('RATE_LIMITED');
  expect((await problem(anyone().send(logout.method, logout.path))).code).toBe('RATE_LIMITED');
  const forged = { headers: { 'x-csrf-token': 'guess' } };
  expect((await colleague.refused(refreshToken, forged)).code).toBe('RATE_LIMITED');
  await colleague.call(refreshToken);
  await colleague.call(logout);
  await another.call(refreshToken);
});

test('a session that refreshes too much is stopped alone, and its token is not used up', async () => {
  const { doctor } = aNetwork();
  const [restless, calm] = [await doctor(), await doctor()];
  for (let tries = 0; tries < 3; tries += 1) await restless.call(refreshToken);
  const refused = await restless.refused(refreshToken);
  expect(refused).toMatchObject({ code: 'RATE_LIMITED' });
  expect(refused.retryAfterSeconds).toBeGreaterThan(0);
  expect(restless.cookies.has('cc_refresh')).toBe(true);
  expect((await restless.call(me)).role).toBe('doctor');
  await calm.call(refreshToken);
});
