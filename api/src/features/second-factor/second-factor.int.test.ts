import { endpoints, type SignInAnswer } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { setUpApp } from './testing/an-app.ts';

const { login, loginSecondStep, confirm, me } = endpoints.auth;
const { beginTotp, confirmTotp, get, removeTotp, renewRecoveryCodes } = endpoints.secondFactor;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

type Asked = Extract<SignInAnswer, { kind: 'secondFactor' }>;

async function askedOf({ email }: ClinicMember): Promise<Asked> {
  const answer = await api.client().call(login, { body: { email, password: TEST_PASSWORD } });
  if (answer.kind !== 'secondFactor') throw new Error('no second factor was asked for');
  return answer;
}

async function withApp(member: ClinicMember) {
  const client = await api.signIn(member);
  return { client, app: await setUpApp(api, client) };
}

const another = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
const requireOfStaff = () =>
  api.database.prisma.organization.update({
    where: { id: clinic.organizationId },
    data: { staffSecondFactor: 'required' },
  });

describe('setting up an app', () => {
  test('needs its first code, gives ten codes for paper once, and tells the owner', async () => {
    const { doctor } = clinic.members;
    const client = await api.signIn(doctor);
    expect((await client.refused(confirmTotp, { body: { code: '123456' } })).code).toBe(
      'SECOND_FACTOR_NOT_BEGUN',
    );
    const app = await setUpApp(api, client);
    expect(app.recoveryCodes).toHaveLength(10);
    expect(await client.call(get)).toMatchObject({ totp: {}, recoveryCodesLeft: 10, isRequired: false });
    await api.settled();
    expect(api.mails.at(-1)).toMatchObject({
      to: doctor.email,
      subject: 'A second step was added to your sign-in',
    });
    const stored = await api.database.prisma.totpCredential.findFirstOrThrow({
      where: { userId: doctor.userId },
    });
    expect(stored.secret).toMatch(/^e1\./);
    expect(
      await api.database.prisma.auditEvent.count({
        where: { action: 'auth.setUpSecondFactor', actorUserId: doctor.userId },
      }),
    ).toBe(1);
  });

  test('that is begun anew leaves the one in use alone until it is confirmed', async () => {
    const { client, app } = await withApp(clinic.members.doctor);
    await client.call(beginTotp);
    expect((await client.refused(confirmTotp, { body: { code: another(app.code()) } })).code).toBe(
      'CODE_WRONG',
    );
    const { challenge } = await askedOf(clinic.members.doctor);
    const body = { challenge, method: 'totp' as const, code: app.code() };
    expect((await api.client().call(loginSecondStep, { body })).me.role).toBe('doctor');
  });
});

describe('signing in with a second factor', () => {
  test('a right password alone gives no session; with the code it does', async () => {
    const { app } = await withApp(clinic.members.doctor);
    const client = api.client();
    const { email } = clinic.members.doctor;
    const answer = await client.call(login, { body: { email, password: TEST_PASSWORD } });
    expect(answer).toMatchObject({ kind: 'secondFactor', methods: ['totp', 'recovery'] });
    expect(client.cookies.size).toBe(0);
    const { challenge } = answer as Asked;
    await client.call(loginSecondStep, { body: { challenge, method: 'totp', code: app.code() } });
    expect((await client.call(me)).email).toBe(email);
  });

  test('a code works once, also in another sign-in, and so does a sign-in', async () => {
    const { app } = await withApp(clinic.members.doctor);
    const [first, second] = [await askedOf(clinic.members.doctor), await askedOf(clinic.members.doctor)];
    const code = app.code();
    const finish = (challenge: string, typed: string) => ({
      body: { challenge, method: 'totp' as const, code: typed },
    });
    await api.client().call(loginSecondStep, finish(first.challenge, code));
    expect((await api.client().refused(loginSecondStep, finish(second.challenge, code))).code).toBe(
      'CODE_WRONG',
    );
    api.clock.advance(30_000);
    const next = app.code();
    expect((await api.client().refused(loginSecondStep, finish(first.challenge, next))).code).toBe(
      'SIGN_IN_EXPIRED',
    );
    await api.client().call(loginSecondStep, finish(second.challenge, next));
  });

  test('of many who use the same code at the same moment one gets in', async () => {
    const { app } = await withApp(clinic.members.doctor);
    const asked = await Promise.all(Array.from({ length: 4 }, () => askedOf(clinic.members.doctor)));
    const code = app.code();
    const answers = await Promise.all(
      asked.map(({ challenge }) =>
        api.client().send('POST', loginSecondStep.path, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ challenge, method: 'totp', code }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  test('a code on paper works once, in the place of a lost phone', async () => {
    const { client, app } = await withApp(clinic.members.doctor);
    const code = app.recoveryCodes[3]?.toLowerCase() ?? '';
    const finish = async () => ({
      body: {
        challenge: (await askedOf(clinic.members.doctor)).challenge,
        method: 'recovery' as const,
        code,
      },
    });
    await api.client().call(loginSecondStep, await finish());
    expect((await client.call(get)).recoveryCodesLeft).toBe(9);
    expect((await api.client().refused(loginSecondStep, await finish())).code).toBe('CODE_WRONG');
    const renewed = await client.call(renewRecoveryCodes);
    expect(renewed.recoveryCodes).not.toContain(app.recoveryCodes[0]);
    const old = { ...(await finish()).body, code: app.recoveryCodes[0] ?? '' };
    expect((await api.client().refused(loginSecondStep, { body: old })).code).toBe('CODE_WRONG');
  });

  test('whoever tries codes is slowed down, sign-in after sign-in, until the password is new', async () => {
    const { doctor } = clinic.members;
    const { app } = await withApp(doctor);
    const answers: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { challenge } = await askedOf(doctor);
      for (let tries = 0; tries < 6; tries += 1) {
        const body = { challenge, method: 'totp' as const, code: another(app.code()) };
        answers.push((await api.client().refused(loginSecondStep, { body })).code);
      }
    }
    const wrong = Array.from({ length: 5 }, () => 'CODE_WRONG');
    const waiting = Array.from({ length: 5 }, () => 'RATE_LIMITED');
    expect(answers).toEqual([...wrong, 'SIGN_IN_EXPIRED', ...waiting, 'SIGN_IN_EXPIRED']);
    const right = async () => ({
      body: { challenge: (await askedOf(doctor)).challenge, method: 'totp' as const, code: app.code() },
    });
    expect((await api.client().refused(loginSecondStep, await right())).retryAfterSeconds).toBe(1);
    api.clock.advance(1_000);
    await api.client().call(loginSecondStep, await right());
    await api.settled();
    expect(
      await api.database.prisma.auditEvent.count({
        where: { action: 'auth.signIn', outcome: 'denied', actorUserId: doctor.userId },
      }),
    ).toBeGreaterThan(9);
  });

  test('a sign-in waits ten minutes, and not for somebody who has been suspended meanwhile', async () => {
    const { doctor } = clinic.members;
    const { app } = await withApp(doctor);
    const { challenge } = await askedOf(doctor);
    const finish = () => ({ body: { challenge, method: 'totp' as const, code: app.code() } });
    await api.database.prisma.membership.updateMany({
      where: { userId: doctor.userId },
      data: { status: 'suspended' },
    });
    expect((await api.client().refused(loginSecondStep, finish())).code).toBe('SIGN_IN_EXPIRED');
    await api.database.prisma.membership.updateMany({
      where: { userId: doctor.userId },
      data: { status: 'active' },
    });
    api.clock.advance(10 * 60_000);
    expect((await api.client().refused(loginSecondStep, finish())).code).toBe('SIGN_IN_EXPIRED');
  });
});

describe('what is dangerous', () => {
  test('asks again who somebody is, ten minutes after they have proved it', async () => {
    const client = await api.signIn(clinic.members.receptionist);
    api.clock.advance(9 * 60_000);
    await client.call(beginTotp);
    api.clock.advance(61_000);
    await client.call(endpoints.auth.refreshToken);
    expect((await client.refused(beginTotp)).code).toBe('CONFIRMATION_NEEDED');
    const wrong = { method: 'password' as const, password: 'not the password' };
    expect((await client.refused(confirm, { body: wrong })).code).toBe('INVALID_CREDENTIALS');
    await client.call(confirm, { body: { method: 'password', password: TEST_PASSWORD } });
    await client.call(beginTotp);
  });

  test('takes a code and no password from somebody who has an app', async () => {
    const { client, app } = await withApp(clinic.members.receptionist);
    api.clock.advance(11 * 60_000);
    await client.call(endpoints.auth.refreshToken);
    const password = { method: 'password' as const, password: TEST_PASSWORD };
    expect((await client.refused(confirm, { body: password })).code).toBe('CODE_WRONG');
    await client.call(confirm, { body: { method: 'totp', code: app.code() } });
    await client.call(removeTotp);
    expect(await client.call(get)).toMatchObject({ totp: null, recoveryCodesLeft: 0 });
    const { receptionist } = clinic.members;
    const answer = await api
      .client()
      .call(login, { body: { email: receptionist.email, password: TEST_PASSWORD } });
    expect(answer.kind).toBe('signedIn');
  });
});

describe('an organization that asks its staff for a second factor', () => {
  test('lets them set it up and nothing else before that, from now on also in open sessions', async () => {
    const { pharmacist, patient } = clinic.members;
    const client = await api.signIn(pharmacist);
    await requireOfStaff();
    api.clock.advance(5_000);
    expect((await client.call(me)).mustSetUpSecondFactor).toBe(true);
    expect((await client.refused(endpoints.providers.list)).code).toBe('SECOND_FACTOR_NEEDED');
    await setUpApp(api, client);
    await client.call(endpoints.providers.list);
    expect((await client.refused(removeTotp)).code).toBe('SECOND_FACTOR_KEPT');
    const patients = await api.signIn(patient);
    expect((await patients.call(me)).mustSetUpSecondFactor).toBe(false);
  });
});
