import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Prisma } from '@careconnect/prisma';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import {
  comeBack,
  finishWith,
  makeClinicWithSso,
  refusalOf,
  signInAt,
  type ClinicWithSso,
} from './testing/a-clinic-with-sso.ts';
import { startTestProvider, type TestProvider } from '../../../../scripts/stack/test-provider.ts';

const { me } = endpoints.auth;

let api: TestApi;
let provider: TestProvider;
let clinic: ClinicWithSso;

beforeAll(async () => {
  provider = await startTestProvider();
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), outboundAllowed: [provider.host] });
  clinic = await makeClinicWithSso(api, provider);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const aDoctor = () => ({ sub: randomUUID(), name: 'Dr Nadia Rahim', groups: ['everybody', 'cardiology'] });
const trailOf = ({ organizationId }: ClinicWithSso, where: Prisma.AuditEventWhereInput) =>
  api.database.prisma.auditEvent.findMany({ where: { organizationId, ...where } });

describe('the first sign-in', () => {
  test('makes the person, with the role and specialty of their group', async () => {
    provider.signsIn(aDoctor());
    const browser = api.client();
    const doctor = await signInAt(browser, clinic.slug, provider);
    expect(doctor).toMatchObject({
      name: 'Dr Nadia Rahim',
      email: null,
      role: 'doctor',
      organization: { id: clinic.organizationId },
      singleSignOn: { clinic: clinic.slug, hasMadeAccount: true },
    });
    expect(await browser.call(me)).toEqual(doctor);
    const { prisma } = api.database;
    const { userId } = doctor;
    expect(await prisma.practitioner.findFirst({ where: { userId } })).toMatchObject({
      specialty: 'Cardiology',
      isWalkInOpen: false,
    });
    expect(await prisma.session.findFirst({ where: { userId } })).toMatchObject({ methods: ['sso'] });
    expect(await trailOf(clinic, { action: 'people.joinBySingleSignOn', entityId: userId })).toMatchObject([
      { actorUserId: userId, actorRole: 'doctor', entityType: 'user' },
    ]);
  });

  test('is the same person the next time, whatever they are called by then', async () => {
    const person = aDoctor();
    provider.signsIn(person);
    const first = await signInAt(api.client(), clinic.slug, provider);
    provider.signsIn({ ...person, name: 'Dr Nadia Malik', email: 'new@clinic.example' });
    const second = await signInAt(api.client(), clinic.slug, provider);
    expect(second.userId).toBe(first.userId);
  });

  test('makes one person of two that come at once', async () => {
    provider.signsIn(aDoctor());
    const browsers = [api.client(), api.client()] as const;
    const [one, other] = [
      await comeBack(browsers[0], clinic.slug, provider),
      await comeBack(browsers[1], clinic.slug, provider),
    ];
    const answers = await Promise.all([
      finishWith(browsers[0], clinic.slug, one),
      finishWith(browsers[1], clinic.slug, other),
    ]);
    const userIds = answers.map((answer) => (answer.kind === 'signedIn' ? answer.me.userId : null));
    expect(new Set(userIds).size).toBe(1);
  });

  test('links somebody of the staff by an address that the provider has verified, and tells them', async () => {
    const { doctor } = clinic.members;
    const nadia = { ...aDoctor(), email: doctor.email.toUpperCase(), email_verified: true };
    provider.signsIn(nadia);
    const linked = await signInAt(api.client(), clinic.slug, provider);
    expect(linked).toMatchObject({ userId: doctor.userId, singleSignOn: { hasMadeAccount: false } });
    await api.settled();
    expect(api.mails.at(-1)).toMatchObject({
      to: doctor.email,
      subject: 'Your organization’s sign-in opens your account',
    });
    expect(await trailOf(clinic, { action: 'auth.linkSingleSignOn' })).toMatchObject([
      { entityId: doctor.userId },
    ]);
    // Somebody else who is given the address later is not them.
    provider.signsIn({ ...nadia, sub: randomUUID() });
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, provider);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_NOT_LINKED');
  });

  test.each([
    ['an address that is not verified', 'receptionist', false, 'SSO_EMAIL_UNVERIFIED'],
    ['the address of an administrator', 'admin', true, 'SSO_NOT_LINKED'],
  ] as const)('takes over nobody by %s', async (_name, role, isVerified, code) => {
    provider.signsIn({ ...aDoctor(), email: clinic.members[role].email, email_verified: isVerified });
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, provider);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe(code);
    expect(browser.cookies.has('cc_access')).toBe(false);
  });

  test('lets a patient be, who has the same address', async () => {
    const { patient } = clinic.members;
    provider.signsIn({ ...aDoctor(), email: patient.email, email_verified: true });
    const doctor = await signInAt(api.client(), clinic.slug, provider);
    expect(doctor).toMatchObject({ email: null, role: 'doctor' });
    expect(doctor.userId).not.toBe(patient.userId);
  });
});

describe('where only people of the organization may come', () => {
  let closed: ClinicWithSso;
  beforeAll(async () => {
    closed = await makeClinicWithSso(api, provider, 'members');
  });

  test.each([
    ['a stranger', true, 'SSO_NO_ACCOUNT'],
    ['a stranger without a verified address', false, 'SSO_EMAIL_UNVERIFIED'],
  ] as const)('%s is told so, and nobody is made', async (_name, isVerified, code) => {
    const people = await api.database.prisma.user.count();
    provider.signsIn({ ...aDoctor(), email: 'stranger@clinic.example', email_verified: isVerified });
    const browser = api.client();
    const callback = await comeBack(browser, closed.slug, provider);
    expect(await refusalOf(browser, closed.slug, callback)).toBe(code);
    expect(await api.database.prisma.user.count()).toBe(people);
    await api.settled();
    expect(await trailOf(closed, { action: 'auth.signIn', outcome: 'denied' })).toContainEqual(
      expect.objectContaining({
        actorUserId: null,
        actorRole: 'service:single-sign-on',
        detail: { over: 'sso', code },
      }),
    );
  });

  test('a patient is not of the staff', async () => {
    provider.signsIn({ ...aDoctor(), email: closed.members.patient.email, email_verified: true });
    const browser = api.client();
    const callback = await comeBack(browser, closed.slug, provider);
    expect(await refusalOf(browser, closed.slug, callback)).toBe('SSO_NO_ACCOUNT');
  });
});

describe('groups', () => {
  test('change the role at the next sign-in, and end what was open in the old one', async () => {
    const person = aDoctor();
    provider.signsIn(person);
    const asDoctor = api.client();
    const { userId } = await signInAt(asDoctor, clinic.slug, provider);
    provider.signsIn({ ...person, groups: 'front desk' });
    const now = await signInAt(api.client(), clinic.slug, provider);
    expect(now).toMatchObject({ userId, role: 'receptionist' });
    expect((await asDoctor.refused(me)).code).toBe('SESSION_EXPIRED');
    expect(await trailOf(clinic, { action: 'people.changeRole', actorUserId: userId })).toMatchObject([
      { detail: { userId, roleBefore: 'doctor', role: 'receptionist', by: 'single sign-on' } },
    ]);
  });

  test.each([[undefined], [[]], [['everybody']], ['Cardiology']])(
    '%j have no role here, and let nobody in',
    async (groups) => {
      const { groups: _groups, ...person } = aDoctor();
      provider.signsIn({ ...person, ...(groups && { groups }) });
      const browser = api.client();
      const callback = await comeBack(browser, clinic.slug, provider);
      expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_NO_ROLE');
    },
  );

  test('do not leave an organization without an administrator', async () => {
    const there = await makeClinicWithSso(api, provider);
    const person = { ...aDoctor(), groups: ['it'] };
    provider.signsIn(person);
    const { userId } = await signInAt(api.client(), there.slug, provider);
    const suspended = { userId: there.members.admin.userId, organizationId: there.organizationId };
    await api.database.prisma.membership.updateMany({ where: suspended, data: { status: 'suspended' } });
    provider.signsIn({ ...person, groups: ['front desk'] });
    expect(await signInAt(api.client(), there.slug, provider)).toMatchObject({ userId, role: 'admin' });
    expect(await trailOf(there, { action: 'people.changeRole' })).toMatchObject([{ outcome: 'denied' }]);
  });
});

test.each(['suspended', 'removed'] as const)('somebody who is %s is not let in', async (status) => {
  const person = aDoctor();
  provider.signsIn(person);
  const { userId } = await signInAt(api.client(), clinic.slug, provider);
  await api.database.prisma.membership.updateMany({ where: { userId }, data: { status } });
  const browser = api.client();
  const callback = await comeBack(browser, clinic.slug, provider);
  expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_ACCOUNT_CLOSED');
  // Nor as somebody new with the address of an account that is closed.
  const { pharmacist } = clinic.members;
  await api.database.prisma.membership.updateMany({ where: { userId: pharmacist.userId }, data: { status } });
  provider.signsIn({ ...aDoctor(), email: pharmacist.email, email_verified: true });
  const again = await comeBack(browser, clinic.slug, provider);
  expect(await refusalOf(browser, clinic.slug, again)).toBe('SSO_ACCOUNT_CLOSED');
});
