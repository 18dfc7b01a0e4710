import { endpoints, type SignInAnswer } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { addPasskey, TEST_ORIGIN } from './testing/a-passkey.ts';
import { anAuthenticator, type Authenticator, type Wrongs } from './testing/an-authenticator.ts';

const { beginConfirmation, beginSecondStep, beginSignIn, finishSignIn, list } = endpoints.passkeys;
const { confirm, login, loginSecondStep, me } = endpoints.auth;

let api: TestApi;
let clinic: Clinic;
let device: Authenticator;
let owner: ClinicMember;
let signedIn: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  owner = clinic.members.doctor;
  signedIn = await api.signIn(owner);
  ({ device } = await addPasskey(signedIn));
});
afterAll(() => api.close());

const signInRows = (outcome: 'success' | 'denied') =>
  api.database.prisma.auditEvent.findMany({
    where: { action: 'auth.signIn', outcome, actorUserId: owner.userId },
    orderBy: { at: 'desc' },
  });

async function tryWith(by: Authenticator, wrongs: Wrongs = {}) {
  const client = api.client();
  const assertion = by.get(await client.call(beginSignIn), wrongs);
  return { client, body: { assertion } };
}

async function refusalOf(by: Authenticator, wrongs: Wrongs = {}): Promise<string> {
  const { client, body } = await tryWith(by, wrongs);
  const { code } = await client.refused(finishSignIn, { body });
  expect(client.cookies.size).toBe(0);
  return code;
}

async function askedOf({ email }: ClinicMember): Promise<Extract<SignInAnswer, { kind: 'secondFactor' }>> {
  const answer = await api.client().call(login, { body: { email, password: TEST_PASSWORD } });
  if (answer.kind !== 'secondFactor') throw new Error('no second factor was asked for');
  return answer;
}

describe('signing in with a passkey alone', () => {
  test('opens a session with nothing typed, and says by what', async () => {
    const { client, body } = await tryWith(device);
    expect((await client.call(finishSignIn, { body })).tokens).toBeNull();
    expect((await client.call(me)).email).toBe(owner.email);
    const { passkeys } = await client.call(list);
    expect(passkeys[0]?.lastUsedAt).toBe(api.clock.now().toISOString());
    expect(await signInRows('success')).toContainEqual(
      expect.objectContaining({ detail: { methods: ['passkey'] } }),
    );
    const { sessions } = await client.call(endpoints.sessions.list);
    expect(sessions.find(({ isCurrent }) => isCurrent)?.hasSecondFactor).toBe(true);
  });

  test('tells nobody beforehand which passkeys there are', async () => {
    expect(await api.client().call(beginSignIn)).toMatchObject({
      rpId: 'clinic.example',
      allowCredentials: [],
      userVerification: 'required',
    });
  });

  test.each<[string, Wrongs]>([
    ['on a page of another origin', { origin: 'https://clinic.example.evil.test' }],
    ['for another domain', { rpId: 'evil.test' }],
    ['that nobody was verified for', { isUserVerified: false }],
    ['for another account', { userHandle: 'AAAA' }],
    ['for a challenge that was never given', { challenge: 'AAAA' }],
  ])('refuses a signature %s', async (_what, wrongs) => {
    expect(await refusalOf(device, wrongs)).toBe('PASSKEY_REFUSED');
    await api.settled();
    expect(await signInRows('denied')).toHaveLength(1);
  });

  test('refuses a signature by another key, and a passkey that is not there', async () => {
    const options = await signedIn.call(endpoints.passkeys.beginRegistration);
    const forged = anAuthenticator(TEST_ORIGIN, Buffer.from(device.credentialId, 'base64url'));
    forged.create(options);
    expect(await refusalOf(forged)).toBe('PASSKEY_REFUSED');
    const unknown = anAuthenticator(TEST_ORIGIN);
    unknown.create(options);
    expect(await refusalOf(unknown)).toBe('PASSKEY_REFUSED');
  });

  test('takes what was signed once, also when it comes twice at the same moment', async () => {
    const { body } = await tryWith(device);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        api.client().send('POST', finishSignIn.path, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    api.clock.advance(1_000);
    expect((await api.client().refused(finishSignIn, { body })).code).toBe('PASSKEY_REFUSED');
  });

  test('gives it five minutes', async () => {
    const { client, body } = await tryWith(device);
    api.clock.advance(5 * 60_000);
    expect((await client.refused(finishSignIn, { body })).code).toBe('PASSKEY_REFUSED');
  });

  test('refuses a passkey whose counter went back, as a copy’s does, and says so in the trail', async () => {
    const { client, body } = await tryWith(device, { signCount: 40 });
    await client.call(finishSignIn, { body });
    expect(await refusalOf(device, { signCount: 40 })).toBe('PASSKEY_REFUSED');
    expect(await refusalOf(device, { signCount: 3 })).toBe('PASSKEY_REFUSED');
    await api.settled();
    expect((await signInRows('denied')).map(({ detail }) => detail)).toEqual([
      { over: 'passkey', why: 'counterWentBack' },
      { over: 'passkey', why: 'counterWentBack' },
    ]);
    const { client: next, body: right } = await tryWith(device, { signCount: 41 });
    await next.call(finishSignIn, { body: right });
  });

  test('takes a device that does not count', async () => {
    await api.database.prisma.passkey.updateMany({ where: { userId: owner.userId }, data: { signCount: 0 } });
    for (let times = 0; times < 2; times += 1) {
      const { client, body } = await tryWith(device, { signCount: 0 });
      await client.call(finishSignIn, { body });
    }
  });

  test('is closed to somebody who is suspended, and to an organization that is not theirs', async () => {
    const stranger = await makeOrganization(api.database);
    const { client, body } = await tryWith(device);
    const foreign = { ...body, organizationId: stranger.organizationId };
    expect((await client.refused(finishSignIn, { body: foreign })).code).toBe('PASSKEY_REFUSED');
    await api.database.prisma.membership.updateMany({
      where: { userId: owner.userId },
      data: { status: 'suspended' },
    });
    expect(await refusalOf(device)).toBe('PASSKEY_REFUSED');
  });
});

describe('a passkey as the second step', () => {
  test('is asked for after a right password, and takes its place beside codes', async () => {
    const { challenge, methods } = await askedOf(owner);
    expect(methods).toEqual(['passkey']);
    const client = api.client();
    const options = await client.call(beginSecondStep, { body: { challenge } });
    expect(options.allowCredentials.map(({ id }) => id)).toEqual([device.credentialId]);
    const body = { challenge, method: 'passkey' as const, assertion: device.get(options) };
    expect((await client.call(loginSecondStep, { body })).me.email).toBe(owner.email);
    expect(await signInRows('success')).toContainEqual(
      expect.objectContaining({ detail: { methods: ['password', 'passkey'] } }),
    );
  });

  test('is not taken from another sign-in, of another person, or in the place of a first', async () => {
    const { challenge } = await askedOf(owner);
    const client = api.client();
    const finish = (by: Authenticator, options: Parameters<Authenticator['get']>[0]) => ({
      body: { challenge, method: 'passkey' as const, assertion: by.get(options) },
    });
    const ofAnybody = await client.call(beginSignIn);
    const fromThere = await client.call(beginSecondStep, {
      body: { challenge: (await askedOf(owner)).challenge },
    });
    const { device: another } = await addPasskey(await api.signIn(clinic.members.patient));
    const right = await client.call(beginSecondStep, { body: { challenge } });
    for (const wrong of [finish(device, ofAnybody), finish(device, fromThere), finish(another, right)]) {
      expect((await client.refused(loginSecondStep, wrong)).code).toBe('PASSKEY_REFUSED');
    }
    const options = await client.call(beginSecondStep, { body: { challenge } });
    const body = { assertion: device.get(options) };
    expect((await client.refused(finishSignIn, { body })).code).toBe('PASSKEY_REFUSED');
  });
});

describe('a passkey before something dangerous', () => {
  test('confirms who is signed in, in the place of the password', async () => {
    api.clock.advance(11 * 60_000);
    await signedIn.call(endpoints.auth.refreshToken);
    const { beginTotp } = endpoints.secondFactor;
    expect((await signedIn.refused(beginTotp)).code).toBe('CONFIRMATION_NEEDED');
    const password = { method: 'password' as const, password: TEST_PASSWORD };
    expect((await signedIn.refused(confirm, { body: password })).code).toBe('CODE_WRONG');
    const assertion = device.get(await signedIn.call(beginConfirmation));
    await signedIn.call(confirm, { body: { method: 'passkey', assertion } });
    await signedIn.call(beginTotp);
  });

  test('is not taken from another session', async () => {
    const { client, body } = await tryWith(device);
    await client.call(finishSignIn, { body });
    const assertion = device.get(await client.call(beginConfirmation));
    const refused = await signedIn.refused(confirm, { body: { method: 'passkey', assertion } });
    expect(refused.code).toBe('PASSKEY_REFUSED');
  });
});
