import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { login, logout, me, refreshToken } = endpoints.auth;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const auditOf = (action: string, userId: string) =>
  api.database.prisma.auditEvent.findMany({ where: { action, actorUserId: userId }, orderBy: { at: 'asc' } });

test('signing in gives cookies that are accepted, and leaves a trace', async () => {
  const { doctor } = clinic.members;
  const client = await api.signIn(doctor);
  expect(await client.call(me)).toEqual({
    userId: doctor.userId,
    name: doctor.name,
    email: doctor.email,
    role: 'doctor',
    isGuest: false,
    practitionerId: clinic.practitionerId,
    patientId: null,
    mustSetUpSecondFactor: false,
    singleSignOn: null,
    idleTimeoutMinutes: 720,
    organization: { id: clinic.organizationId, name: expect.any(String) as string, timeZone: 'Asia/Karachi' },
  });
  expect(await auditOf('auth.signIn', doctor.userId)).toMatchObject([
    { outcome: 'success', actorRole: 'doctor' },
  ]);
});

test('an integrator gets tokens in the body, no cookies, and needs no CSRF value', async () => {
  const client = api.client();
  const body = { email: clinic.members.admin.email, password: TEST_PASSWORD, tokenDelivery: 'body' as const };
  const answer = await client.call(login, { body });
  const tokens = answer.kind === 'signedIn' ? answer.tokens : null;
  expect(client.cookies.size).toBe(0);
  const bearer = api.client({ authorization: `Bearer ${tokens?.accessToken}` });
  expect((await bearer.call(me)).role).toBe('admin');
  const next = await api.client().call(refreshToken, { body: { refreshToken: tokens?.refreshToken } });
  expect(next.tokens?.refreshToken).not.toBe(tokens?.refreshToken);
  await bearer.call(logout);
  expect((await bearer.refused(me)).code).toBe('SESSION_EXPIRED');
});

test('a wrong password, an unknown address and a foreign organization are refused alike', async () => {
  const { email, userId } = clinic.members.receptionist;
  const foreign = await makeOrganization(api.database);
  const attempts = [
    { email, password: 'not the password' },
    { email: 'nobody@clinic.example', password: TEST_PASSWORD },
    { email, password: TEST_PASSWORD, organizationId: foreign.organizationId },
  ];
  const problems = await Promise.all(attempts.map((body) => api.client().refused(login, { body })));
  const shown = problems.map(({ code, detail, status }) => ({ code, detail, status }));
  expect(shown[0]?.code).toBe('INVALID_CREDENTIALS');
  expect(new Set(shown.map((problem) => JSON.stringify(problem))).size).toBe(1);
  await api.settled();
  expect(await auditOf('auth.signIn', userId)).toMatchObject([{ outcome: 'denied' }]);
});

test('a change asked for with cookies needs the value that only our page can read', async () => {
  const client = await api.signIn(clinic.members.doctor);
  const body = { name: 'Amna Tariq', birthDate: '1990-01-01' };
  for (const header of ['', 'guess', (await api.signIn(clinic.members.admin)).cookies.get('cc_csrf') ?? '']) {
    const problem = await client.refused(endpoints.patients.create, {
      body,
      headers: { 'x-csrf-token': header },
    });
    expect(problem.code).toBe('CSRF_FAILED');
  }
  expect((await client.call(endpoints.patients.create, { body })).name).toBe('Amna Tariq');
});

test('an access token lasts ten minutes; a refresh token gives the next pair once', async () => {
  const client = await api.signIn(clinic.members.patient);
  const stolen = client.copy();
  api.clock.advance(10 * 60_000);
  expect((await client.refused(me)).code).toBe('SESSION_EXPIRED');
  await client.call(refreshToken);
  expect((await client.call(me)).patientId).toBe(clinic.patientId);

  api.clock.advance(60_000);
  expect((await stolen.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
  expect(stolen.cookies.size).toBe(0);
  // The thief's try has ended the session of both.
  expect((await client.refused(me)).code).toBe('SESSION_EXPIRED');
  expect((await client.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
  const ended = await auditOf('auth.signOut', clinic.members.patient.userId);
  expect(ended).toMatchObject([{ detail: { reason: 'refresh token reused' } }]);
});

test('two tabs that refresh at the same moment both stay signed in, on the same pair', async () => {
  const first = await api.signIn(clinic.members.patient);
  const tabs = [first, ...Array.from({ length: 7 }, () => first.copy())];
  await Promise.all(tabs.map((tab) => tab.call(refreshToken)));
  expect(new Set(tabs.map((tab) => tab.cookies.get('cc_refresh'))).size).toBe(1);
  api.clock.advance(60_000);
  for (const tab of tabs) expect((await tab.call(me)).role).toBe('patient');
  await first.call(refreshToken);
});

test('refreshing with cookies needs the CSRF value too, and a refusal uses nothing up', async () => {
  const client = await api.signIn(clinic.members.patient);
  const problem = await client.refused(refreshToken, { headers: { 'x-csrf-token': 'guess' } });
  expect(problem.code).toBe('CSRF_FAILED');
  await client.call(refreshToken);
  expect((await api.client().refused(refreshToken)).code).toBe('UNAUTHENTICATED');
  expect((await api.client().refused(refreshToken, { body: { refreshToken: 'x' } })).code).toBe(
    'SESSION_EXPIRED',
  );
});

test('a session ends after thirty days, however busy it is', async () => {
  const busy = await api.signIn(clinic.members.patient);
  const tenHoursMs = 36_000_000;
  for (let passedMs = tenHoursMs; passedMs < 30 * 86_400_000; passedMs += tenHoursMs) {
    api.clock.advance(tenHoursMs);
    await busy.call(refreshToken);
    await busy.call(me);
  }
  api.clock.advance(tenHoursMs);
  expect((await busy.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
});

test('signing out ends this session and no other, with or without a live access token', async () => {
  const here = await api.signIn(clinic.members.doctor);
  const there = await api.signIn(clinic.members.doctor);
  const kept = here.copy();
  await here.call(logout);
  expect(here.cookies.size).toBe(0);
  expect((await kept.refused(me)).code).toBe('SESSION_EXPIRED');
  expect((await there.call(me)).role).toBe('doctor');

  api.clock.advance(11 * 60_000);
  const late = there.copy();
  await there.call(logout);
  expect((await late.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
  await api.client().call(logout);
});

test('a page of another site signs nobody out, whichever cookies its request comes with', async () => {
  const client = await api.signIn(clinic.members.patient);
  const cookie = (...names: string[]) =>
    names.map((name) => `${name}=${client.cookies.get(name)}`).join('; ');
  const post = (headers: Record<string, string>) =>
    api.client().send(logout.method, logout.path, {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
  // A form of another site: none of our cookies is sent along.
  const bare = await post({});
  expect(bare.status).toBe(204);
  expect(bare.headers.getSetCookie()).toEqual([]);
  // A form of a neighbouring subdomain: the cookies are, but what only our page can read is not.
  const foreign = (await api.signIn(clinic.members.patient)).cookies.get('cc_csrf') ?? '';
  for (const sent of [
    { cookie: cookie('cc_access', 'cc_refresh', 'cc_csrf') },
    { cookie: cookie('cc_refresh', 'cc_csrf') },
    { cookie: cookie('cc_access', 'cc_csrf') },
    { cookie: cookie('cc_access', 'cc_refresh', 'cc_csrf'), 'x-csrf-token': 'guess' },
    { cookie: `${cookie('cc_access', 'cc_refresh')}; cc_csrf=${foreign}`, 'x-csrf-token': foreign },
    { cookie: `${cookie('cc_refresh')}; cc_csrf=${foreign}`, 'x-csrf-token': foreign },
  ]) {
    const answer = await post(sent);
    expect(answer.body, sent.cookie).toMatchObject({ code: 'CSRF_FAILED' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect((await client.call(me)).role).toBe('patient');
  await client.call(refreshToken);
});

test('a suspended member is out within seconds', async () => {
  const { prisma } = api.database;
  const { userId } = clinic.members.pharmacist;
  const client = await api.signIn(clinic.members.pharmacist);
  await client.call(me);
  await prisma.membership.updateMany({ where: { userId }, data: { status: 'suspended' } });
  api.clock.advance(5_001);
  expect((await client.refused(me)).code).toBe('SESSION_EXPIRED');
  const body = { email: clinic.members.pharmacist.email, password: TEST_PASSWORD };
  expect((await api.client().refused(login, { body })).code).toBe('INVALID_CREDENTIALS');
});

test('guessing is slowed down, even with the right password in the end', async () => {
  const { members } = await makeOrganization(api.database);
  const { email } = members.patient;
  for (let guess = 0; guess < 5; guess += 1) {
    await api.client().refused(login, { body: { email, password: `guess ${guess}` } });
  }
  const problem = await api.client().refused(login, { body: { email, password: TEST_PASSWORD } });
  expect(problem).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
  api.clock.advance(1_000);
  await api.signIn(members.patient);
});

test('twenty guesses at the same moment are not checked beyond what one after the other would be', async () => {
  const { email } = (await makeOrganization(api.database)).members.patient;
  const guesses = Array.from({ length: 20 }, (_, guess) =>
    api.client().refused(login, { body: { email, password: `guess ${guess}` } }),
  );
  const codes = (await Promise.all(guesses)).map(({ code }) => code);
  expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(5);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(15);
});

test('whoever is attacked from everywhere signs in from their own network all the same', async () => {
  const { email } = (await makeOrganization(api.database)).members.patient;
  const from = (ip: string) => api.client({ 'x-forwarded-for': ip });
  const body = { email, password: TEST_PASSWORD };
  await from('2001:db8:0:1::1').call(login, { body });
  for (let place = 0; place < 20; place += 1) {
    await from(`198.51.100.${place}`).refused(login, { body: { email, password: 'a guess' } });
  }
  expect((await from('2001:db8:0:2::1').refused(login, { body })).code).toBe('RATE_LIMITED');
  await from('2001:db8:0:1:5555::2').call(login, { body });
});

test('only hashes of tokens are stored', async () => {
  const client = await api.signIn(clinic.members.doctor);
  const { rows } = await api.database.pool.query<{ all: string }>(
    `SELECT string_agg(encode(token_hash, 'escape'), ' ') AS all FROM refresh_token`,
  );
  expect(rows[0]?.all).not.toContain(client.cookies.get('cc_refresh'));
});
