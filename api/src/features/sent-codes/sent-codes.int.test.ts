import { randomInt } from 'node:crypto';
import { endpoints, type CodeChannel, type SignInAnswer } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { startFakeSmsGateway, type FakeSmsGateway } from '../../testing/fake-sms-gateway.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { askForSms } from '../phones/testing/a-phone.ts';
import { setUpApp } from '../second-factor/testing/an-app.ts';

const { login, loginSecondStep, confirm, me } = endpoints.auth;
const { send, sendForSignIn, turnOff, turnOn } = endpoints.sentCodes;

let api: TestApi;
let sms: FakeSmsGateway;
let clinic: Clinic;

beforeAll(async () => {
  sms = await startFakeSmsGateway();
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), sms: sms.gateway });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(async () => {
  await api.close();
  await sms.close();
});

type Asked = Extract<SignInAnswer, { kind: 'secondFactor' }>;

const newNumber = () => `+92300${randomInt(1_000_000, 9_999_999)}`;
const policy = (data: object) =>
  api.database.prisma.organization.update({ where: { id: clinic.organizationId }, data });

async function askedOf({ email }: ClinicMember): Promise<Asked> {
  const answer = await api.client().call(login, { body: { email, password: TEST_PASSWORD } });
  if (answer.kind !== 'secondFactor') throw new Error('no second factor was asked for');
  return answer;
}

async function mailedCode(): Promise<string> {
  await api.settled();
  const [, code = ''] = /code is (\d{6})\./.exec(api.mails.at(-1)?.text ?? '') ?? [];
  return code;
}

async function askForMail(client: TestClient): Promise<void> {
  await client.call(send, { body: { channel: 'email', language: 'en' } });
  const body = { code: await mailedCode() };
  await client.call(turnOn, { params: { channel: 'email' }, body });
}

async function sent({ challenge }: Asked, channel: CodeChannel, phone = ''): Promise<string> {
  await api.client().call(sendForSignIn, { body: { challenge, channel, language: 'en' } });
  await api.settled();
  return channel === 'sms' ? sms.codeTo(phone) : mailedCode();
}

const finish = (challenge: string, method: CodeChannel, code: string) =>
  api.client().call(loginSecondStep, { body: { challenge, method, code } });
const refusal = async (challenge: string, method: CodeChannel, code: string) =>
  (await api.client().refused(loginSecondStep, { body: { challenge, method, code } })).code;

describe('signing in', () => {
  test('with a code by SMS, which says where it went no further than is needed, and works once', async () => {
    const { patient } = clinic.members;
    const phone = newNumber();
    await askForSms(api, sms, await api.signIn(patient), phone);
    const asked = await askedOf(patient);
    expect(asked.methods).toEqual(['sms']);
    const body = { challenge: asked.challenge, channel: 'sms' as const, language: 'en' as const };
    const answer = await api.client().call(sendForSignIn, { body });
    expect(answer.sentTo).toBe(`•••• ${phone.slice(-3)}`);
    await api.settled();
    const code = sms.codeTo(phone);
    expect((await finish(asked.challenge, 'sms', code)).me.userId).toBe(patient.userId);
    const again = await askedOf(patient);
    expect(await refusal(again.challenge, 'sms', code)).toBe('CODE_WRONG');
  });

  test('with a code by e-mail, and two at once find one sign-in', async () => {
    const { patient } = clinic.members;
    await askForMail(await api.signIn(patient));
    const asked = await askedOf(patient);
    const code = await sent(asked, 'email');
    const body = { challenge: asked.challenge, method: 'email' as const, code };
    const answers = await Promise.allSettled([1, 2].map(() => api.client().call(loginSecondStep, { body })));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a code of another sign-in, of another person, or by another way is none', async () => {
    const { patient } = clinic.members;
    const other = (await makeOrganization(api.database)).members.patient;
    for (const one of [patient, other]) await askForMail(await api.signIn(one));
    const [first, second, foreign] = [await askedOf(patient), await askedOf(patient), await askedOf(other)];
    const code = await sent(first, 'email');
    expect(await refusal(second.challenge, 'email', code)).toBe('CODE_WRONG');
    expect(await refusal(foreign.challenge, 'email', code)).toBe('CODE_WRONG');
    expect(await refusal(first.challenge, 'sms', code)).toBe('CODE_WRONG');
  });

  test('a new code voids the one before, and comes after half a minute', async () => {
    const { patient } = clinic.members;
    await askForMail(await api.signIn(patient));
    const asked = await askedOf(patient);
    const first = await sent(asked, 'email');
    const body = { challenge: asked.challenge, channel: 'email' as const, language: 'en' as const };
    api.clock.advance(29_000);
    const early = await api.client().refused(sendForSignIn, { body });
    expect(early).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
    api.clock.advance(1_000);
    const second = await sent(asked, 'email');
    if (first !== second) expect(await refusal(asked.challenge, 'email', first)).toBe('CODE_WRONG');
    await finish(asked.challenge, 'email', second);
  });

  test('codes are sent for a sign-in that waits, and by what its person has turned on', async () => {
    const { patient } = clinic.members;
    const body = { challenge: 'x'.repeat(43), channel: 'email' as const, language: 'en' as const };
    expect((await api.client().refused(sendForSignIn, { body })).code).toBe('SIGN_IN_EXPIRED');
    await askForMail(await api.signIn(patient));
    const { challenge } = await askedOf(patient);
    const bySms = { ...body, challenge, channel: 'sms' as const };
    expect((await api.client().refused(sendForSignIn, { body: bySms })).code).toBe('CODES_NOT_OFFERED');
  });
});

describe('staff', () => {
  test('cannot turn codes on where they are not enough, and must have more than them', async () => {
    const { doctor } = clinic.members;
    const client = await api.signIn(doctor);
    const request = { body: { channel: 'email' as const, language: 'en' as const } };
    expect((await client.refused(send, request)).code).toBe('CODES_NOT_OFFERED');
    await policy({ staffSentCodes: 'allowed', staffSecondFactor: 'required' });
    api.clock.advance(5_000);
    expect((await client.call(me)).mustSetUpSecondFactor).toBe(true);
    await askForMail(client);
    expect((await client.call(me)).mustSetUpSecondFactor).toBe(false);
    expect((await client.refused(turnOff, { params: { channel: 'email' } })).code).toBe('SECOND_FACTOR_KEPT');
    await policy({ staffSentCodes: 'refused' });
    api.clock.advance(5_000);
    expect((await client.call(me)).mustSetUpSecondFactor).toBe(true);
    // More than a password is asked of them all the same.
    expect((await askedOf(doctor)).methods).toEqual(['email']);
  });

  test('who have an app are not asked for less', async () => {
    const { doctor } = clinic.members;
    await policy({ staffSentCodes: 'allowed' });
    const client = await api.signIn(doctor);
    await askForMail(client);
    await setUpApp(api, client);
    expect((await askedOf(doctor)).methods).toEqual(['totp', 'email', 'recovery']);
    await policy({ staffSentCodes: 'refused' });
    const asked = await askedOf(doctor);
    expect(asked.methods).toEqual(['totp', 'recovery']);
    const body = { challenge: asked.challenge, channel: 'email' as const, language: 'en' as const };
    expect((await api.client().refused(sendForSignIn, { body })).code).toBe('CODES_NOT_OFFERED');
  });
});

test('a code proves again who is signed in, where they have turned codes on', async () => {
  const { patient } = clinic.members;
  const client = await api.signIn(patient);
  await client.call(send, { body: { channel: 'email', language: 'en' } });
  const early = { method: 'email' as const, code: await mailedCode() };
  expect((await client.refused(confirm, { body: early })).code).toBe('CODE_WRONG');
  api.clock.advance(30_000);
  await askForMail(client);
  await client.call(send, { body: { channel: 'email', language: 'en' } });
  const tooOld = { method: 'email' as const, code: await mailedCode() };
  api.clock.advance(10 * 60_000);
  await client.call(endpoints.auth.refreshToken);
  expect((await client.refused(confirm, { body: tooOld })).code).toBe('CODE_WRONG');
  await client.call(send, { body: { channel: 'email', language: 'en' } });
  await client.call(confirm, { body: { method: 'email', code: await mailedCode() } });
  await client.call(turnOff, { params: { channel: 'email' } });
  const again = await api.client().call(login, { body: { email: patient.email, password: TEST_PASSWORD } });
  expect(again.kind).toBe('signedIn');
});

test('codes to one number and of one person are limited', async () => {
  const strict = await startTestApi({
    postgresUrl: inject('postgresUrl'),
    sms: sms.gateway,
    rateLimitFactor: 1,
    beside: api,
  });
  try {
    const { members } = await makeOrganization(strict.database);
    const client = await strict.signIn(members.patient);
    const phone = newNumber();
    for (let count = 0; count < 8; count += 1) {
      await client.call(endpoints.phones.begin, { body: { phone, language: 'en' } });
      strict.clock.advance(30_000);
    }
    const body = { phone, language: 'en' } as const;
    expect((await client.refused(endpoints.phones.begin, { body })).code).toBe('RATE_LIMITED');
    const elsewhere = await strict.signIn(members.doctor);
    expect((await elsewhere.refused(endpoints.phones.begin, { body })).code).toBe('RATE_LIMITED');
    await strict.settled();
    expect(sms.taken.filter(({ to }) => to === phone)).toHaveLength(8);
  } finally {
    await strict.close();
  }
});

test('without a gateway nothing about phones is offered', async () => {
  const bare = await startTestApi({ postgresUrl: inject('postgresUrl'), beside: api });
  try {
    const { members } = await makeOrganization(bare.database);
    const client = await bare.signIn(members.patient);
    expect(await client.call(endpoints.phones.get)).toEqual({ isOffered: false, phone: null });
    const { sentCodes } = await client.call(endpoints.secondFactor.get);
    expect([sentCodes.sms.isOffered, sentCodes.email.isOffered]).toEqual([false, true]);
    const body = { phone: newNumber(), language: 'en' } as const;
    expect((await client.refused(endpoints.phones.begin, { body })).code).toBe('CODES_NOT_OFFERED');
  } finally {
    await bare.close();
  }
});
