import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { check, clinics, complete, request } = endpoints.registrations;
const PERSON = { name: 'Amina Bibi', birthDate: '1955-04-01', password: 'lantern-river-meadow' };

let api: TestApi;
let clinic: Clinic;
let slug: string;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  ({ slug } = await api.database.prisma.organization.update({
    where: { id: clinic.organizationId },
    data: { registration: 'open' },
  }));
  api.clock.advance(61 * 60_000);
});
afterAll(() => api.close());

/** The token of the link in the newest mail to an address; null when the newest has none. */
async function linkTo(email: string): Promise<string | null> {
  await api.client().call(request, { body: { clinic: slug, email } });
  await api.settled();
  const mail = api.mails.filter(({ to }) => to === email).at(-1);
  return /register\/complete#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? null;
}

const mailsTo = (email: string) => api.mails.filter(({ to }) => to === email).length;

test('whoever reads the mail of an address makes an account, and with it a record of their own', async () => {
  const email = `amina-${slug}@example.org`;
  const token = (await linkTo(email)) ?? '';
  expect(await api.client().call(check, { body: { token } })).toMatchObject({ email, hasAccount: false });
  expect(
    (await api.client().refused(complete, { body: { ...PERSON, token, password: 'Password123456' } })).code,
  ).toBe('PASSWORD_TOO_WEAK');
  await api.client().call(complete, { body: { ...PERSON, token } });
  const client = await api.signIn({ email }, PERSON.password);
  const me = await client.call(endpoints.auth.me);
  expect(me).toMatchObject({ role: 'patient', name: PERSON.name });
  const record = await client.call(endpoints.patients.get, { params: { patientId: me.patientId ?? '' } });
  expect(record).toMatchObject({ birthDate: PERSON.birthDate, email });
  expect((await api.client().refused(complete, { body: { ...PERSON, token } })).code).toBe('LINK_INVALID');
  expect(
    await api.database.prisma.auditEvent.count({
      where: { action: 'auth.register', actorUserId: me.userId },
    }),
  ).toBe(1);
});

test('the answer is the same for an address that has an account; its owner reads so', async () => {
  const { email } = clinic.members.patient;
  expect(await linkTo(email)).toBeNull();
  expect(api.mails.at(-1)).toMatchObject({
    to: email,
    subject: expect.stringContaining('You have an account') as string,
  });
});

test('somebody with an account at another clinic joins with its password, and only with that', async () => {
  const elsewhere = await makeOrganization(api.database);
  const { email, userId } = elsewhere.members.patient;
  const token = (await linkTo(email)) ?? '';
  expect((await api.client().call(check, { body: { token } })).hasAccount).toBe(true);
  const refused = await api.client().refused(complete, { body: { ...PERSON, token } });
  expect(refused.code).toBe('INVALID_CREDENTIALS');
  await api.client().call(complete, { body: { ...PERSON, token, password: TEST_PASSWORD } });
  const memberships = await api.database.prisma.membership.findMany({ where: { userId } });
  expect(memberships.map(({ organizationId }) => organizationId).sort()).toEqual(
    [clinic.organizationId, elsewhere.organizationId].sort(),
  );
});

test('of two links to one address that are used at the same moment one makes the account', async () => {
  const email = `twice-${slug}@example.org`;
  const tokens = [await linkTo(email), await linkTo(email)];
  const codes = await Promise.all(
    tokens.map(async (token) => {
      const answer = await api.client().send('POST', complete.path, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...PERSON, token }),
      });
      return answer.status;
    }),
  );
  expect(codes.filter((status) => status === 204)).toHaveLength(1);
  expect(await api.database.prisma.user.count({ where: { email } })).toBe(1);
});

test('an address is sent three links an hour, and one that nobody used is worth nothing after that', async () => {
  const email = `often-${slug}@example.org`;
  const first = (await linkTo(email)) ?? '';
  for (let times = 0; times < 4; times += 1) await linkTo(email);
  expect(mailsTo(email)).toBe(3);
  api.clock.advance(60 * 60_000);
  expect((await api.client().refused(check, { body: { token: first } })).code).toBe('LINK_INVALID');
  await linkTo(email);
  expect(mailsTo(email)).toBe(4);
});

test('a clinic that is closed to it, or that is not there, sends nothing', async () => {
  const before = api.mails.length;
  const { slug: closed } = await api.database.prisma.organization.update({
    where: { id: clinic.organizationId },
    data: { registration: 'closed' },
  });
  for (const one of [closed, 'no-such-clinic']) {
    await api.client().call(request, { body: { clinic: one, email: 'somebody@example.org' } });
  }
  await api.settled();
  expect(api.mails).toHaveLength(before);
  expect((await api.client().call(clinics)).clinics.map((one) => one.slug)).not.toContain(closed);
});

test('a clinic that has published texts makes an account only with the newest of each agreed to, and records it', async () => {
  const admin = await api.signIn(clinic.members.admin);
  const wordings = { en: { title: 'Video visits', body: 'Over the internet.' } };
  const publish = (kind: 'telehealth' | 'privacyNotice') =>
    admin.call(endpoints.consents.publish, { body: { kind, wordings } });
  await publish('telehealth');
  const email = `consenting-${slug}@example.org`;
  const token = (await linkTo(email)) ?? '';
  const asked = async () => (await api.client().call(check, { body: { token } })).consents;
  const [first] = (await asked()).map(({ kind, version }) => ({ kind, version }));
  await publish('privacyNotice');
  for (const consents of [[], first ? [first] : []]) {
    const refused = await api.client().refused(complete, { body: { ...PERSON, token, consents } });
    expect(refused.code).toBe('CONSENT_OUTDATED');
  }
  const consents = (await asked()).map(({ kind, version }) => ({ kind, version }));
  expect(consents).toHaveLength(2);
  await api.client().call(complete, { body: { ...PERSON, token, consents } });
  const client = await api.signIn({ email }, PERSON.password);
  const own = (await client.call(endpoints.consents.mine)).consents;
  expect(own.map(({ records }) => records[0])).toMatchObject(
    [1, 2].map(() => ({ decision: 'given', means: 'registration', isByPatient: true })),
  );
});
