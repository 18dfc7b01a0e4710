import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { TEST_PASSWORD } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { setUpApp } from '../second-factor/testing/an-app.ts';
import { comeBack, finishWith, GROUPS, makeClinicWithSso, signInAt } from './testing/a-clinic-with-sso.ts';
import {
  startTestProvider,
  type TestLogin,
  type TestProvider,
} from '../../../../scripts/stack/test-provider.ts';

const { begin, get, put, remove } = endpoints.singleSignOn;
const { confirm, loginSecondStep, me } = endpoints.auth;
const { changeEmail, changePassword } = endpoints.credentials;
const TWELVE_HOURS_MS = 12 * 3_600_000;

let api: TestApi;
let provider: TestProvider;

beforeAll(async () => {
  provider = await startTestProvider();
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), outboundAllowed: [provider.host] });
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

/** A doctor who has an account of their own, let in by the provider of their clinic. */
async function aLinkedDoctor(login: TestLogin = {}) {
  const clinic = await makeClinicWithSso(api, provider);
  const { email } = clinic.members.doctor;
  const person = { sub: randomUUID(), email, email_verified: true, groups: ['cardiology'] };
  provider.signsIn(person, login);
  return { clinic, person };
}

const codesOf = async (asked: readonly (() => Promise<{ code: string }>)[]) =>
  Promise.all(asked.map(async (ask) => (await ask()).code));

describe('a session that a provider has opened', () => {
  test('does not get at what opens the account elsewhere', async () => {
    const { clinic } = await aLinkedDoctor();
    const browser = api.client();
    await signInAt(browser, clinic.slug, provider);
    const { beginRegistration, list } = endpoints.passkeys;
    const { beginTotp, removeTotp, renewRecoveryCodes } = endpoints.secondFactor;
    const { list: sessions, endOthers } = endpoints.sessions;
    const refused = await codesOf([
      () => browser.refused(changePassword, { body: { newPassword: 'seven quiet orchards' } }),
      () => browser.refused(changeEmail, { body: { newEmail: 'thief@elsewhere.example' } }),
      ...[beginRegistration, list, beginTotp, removeTotp, renewRecoveryCodes, sessions, endOthers].map(
        (endpoint) => () => browser.refused(endpoint),
      ),
    ]);
    expect(new Set(refused)).toEqual(new Set(['OWN_SIGN_IN_NEEDED']));
    // Not even after proving who they are: it is the session that is of the organization.
    await browser.call(confirm, { body: { method: 'password', password: TEST_PASSWORD } });
    expect((await browser.refused(beginRegistration)).code).toBe('OWN_SIGN_IN_NEEDED');
  });

  test('of an account that the provider has made sets up an app, and nothing that opens it alone', async () => {
    const clinic = await makeClinicWithSso(api, provider);
    provider.signsIn({ sub: randomUUID(), name: 'Bilal', groups: ['front desk'] });
    const browser = api.client();
    await signInAt(browser, clinic.slug, provider);
    await setUpApp(api, browser);
    expect((await browser.call(endpoints.sessions.list)).sessions).toHaveLength(1);
    const refused = await codesOf([
      () => browser.refused(endpoints.passkeys.beginRegistration),
      () => browser.refused(changePassword, { body: { newPassword: 'seven quiet orchards' } }),
      () => browser.refused(changeEmail, { body: { newEmail: 'bilal@clinic.example' } }),
    ]);
    expect(new Set(refused)).toEqual(new Set(['OWN_SIGN_IN_NEEDED']));
  });

  test('counts as a confirmation for as long as the provider has asked for it lately', async () => {
    const clinic = await makeClinicWithSso(api, provider);
    const person = { sub: randomUUID(), name: 'Sana', groups: ['it'] };
    const invite = { body: { email: 'new@clinic.example', name: 'New', role: 'pharmacist' } } as const;
    provider.signsIn(person, { at: 1_700_000_000 });
    const stale = api.client();
    await signInAt(stale, clinic.slug, provider);
    expect((await stale.refused(endpoints.invitations.create, invite)).code).toBe('CONFIRMATION_NEEDED');
    const body = { isFresh: true };
    const { authorizationUrl } = await stale.call(begin, { params: { clinic: clinic.slug }, body });
    const { searchParams } = new URL(authorizationUrl);
    expect([searchParams.get('prompt'), searchParams.get('max_age')]).toEqual(['login', '0']);
    provider.signsIn(person);
    await finishWith(stale, clinic.slug, await provider.visit(authorizationUrl));
    await stale.call(endpoints.invitations.create, invite);
  });

  test('ends after a working day', async () => {
    const { clinic } = await aLinkedDoctor();
    const browser = api.client();
    await signInAt(browser, clinic.slug, provider);
    api.clock.advance(TWELVE_HOURS_MS);
    expect((await browser.refused(endpoints.auth.refreshToken)).code).toBe('SESSION_EXPIRED');
  });
});

describe('a second factor', () => {
  test('of ours is asked for, and not where the provider has asked for one itself', async () => {
    const { clinic, person } = await aLinkedDoctor();
    const app = await setUpApp(api, await api.signIn(clinic.members.doctor));
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, provider);
    const asked = await finishWith(browser, clinic.slug, callback);
    if (asked.kind !== 'secondFactor') throw new Error('it was not asked for');
    expect(browser.cookies.has('cc_access')).toBe(false);
    const { challenge } = asked;
    await browser.call(loginSecondStep, { body: { challenge, method: 'totp', code: app.code() } });
    expect((await browser.call(me)).singleSignOn?.clinic).toBe(clinic.slug);
    provider.signsIn(person, { amr: ['pwd', 'mfa'] });
    expect((await signInAt(api.client(), clinic.slug, provider)).userId).toBe(clinic.members.doctor.userId);
  });

  test('that the organization asks of its staff may be that of the provider', async () => {
    const { clinic, person } = await aLinkedDoctor({ amr: ['pwd'] });
    await api.database.prisma.organization.update({
      where: { id: clinic.organizationId },
      data: { staffSecondFactor: 'required' },
    });
    const withPassword = await signInAt(api.client(), clinic.slug, provider);
    expect(withPassword.mustSetUpSecondFactor).toBe(true);
    provider.signsIn(person, { amr: ['pwd', 'otp'] });
    expect((await signInAt(api.client(), clinic.slug, provider)).mustSetUpSecondFactor).toBe(false);
  });
});

test('an account that a provider has made belongs to no other organization, and has no address', async () => {
  const clinic = await makeClinicWithSso(api, provider);
  const other = await makeClinicWithSso(api, provider);
  provider.signsIn({ sub: randomUUID(), name: 'Bilal', groups: ['front desk'] });
  const { userId } = await signInAt(api.client(), clinic.slug, provider);
  const { prisma } = api.database;
  const elsewhere = { organizationId: other.organizationId, userId, role: 'receptionist' } as const;
  await expect(prisma.membership.create({ data: elsewhere })).rejects.toThrow('belongs to its organization');
  await expect(
    prisma.user.update({ where: { id: userId }, data: { email: 'bilal@clinic.example' } }),
  ).rejects.toThrow('user_account_has_its_own_credentials');
});

describe('setting it up', () => {
  const draftOf = (issuer: string) => ({
    issuer,
    clientId: 'careconnect',
    clientSecret: 'a secret',
    groupsClaim: 'groups',
    joining: 'members' as const,
    groups: [...GROUPS],
  });

  test('keeps the secret to itself, and takes it to no other provider', async () => {
    const { admin, atProvider, organizationId } = await makeClinicWithSso(api, provider);
    const setup = await admin.call(get);
    expect(setup.redirectUri).toBe(`${setup.signInUrl}/callback`);
    expect(JSON.stringify(setup)).not.toContain(atProvider.clientSecret);
    const { prisma } = api.database;
    const stored = await prisma.ssoConnection.findFirst({ where: { organizationId } });
    expect(stored?.clientSecret).not.toContain(atProvider.clientSecret);
    const { clientSecret: _secret, ...draft } = draftOf(provider.issuer);
    await admin.call(put, { body: { ...draft, clientId: atProvider.clientId } });
    expect((await admin.refused(put, { body: draft })).issues).toEqual([
      { path: 'clientSecret', message: 'is missing' },
    ]);
    const changes = { organizationId, action: 'organization.changeSingleSignOn' };
    const rows = await prisma.auditEvent.findMany({ where: changes, orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { detail: { issuer: provider.issuer, joining: 'anyone', issuerBefore: null, isSecretNew: true } },
      { detail: { joining: 'members', issuerBefore: provider.issuer, isSecretNew: false } },
    ]);
    expect(JSON.stringify(rows)).not.toContain(atProvider.clientSecret);
  });

  test('asks for a provider that may be asked, and is one', async () => {
    const { admin } = await makeClinicWithSso(api, provider);
    for (const [issuer, why] of [
      ['https://10.0.0.1', 'leads to an inner network'],
      ['http://idp.example', 'only asked over https'],
      [`${provider.issuer}/nowhere`, 'no discovery document'],
    ] as const) {
      const problem = await admin.refused(put, { body: draftOf(issuer) });
      expect(problem.code).toBe('SSO_ISSUER_INVALID');
      expect(problem.detail).toContain(why);
    }
    expect((await admin.refused(put, { body: draftOf('javascript:alert(1)') })).code).toBe(
      'VALIDATION_FAILED',
    );
    api.clock.advance(11 * 60_000);
    await admin.call(endpoints.auth.refreshToken);
    expect((await admin.refused(put, { body: draftOf(provider.issuer) })).code).toBe('CONFIRMATION_NEEDED');
    expect((await admin.refused(remove)).code).toBe('CONFIRMATION_NEEDED');
  });

  test('when it is removed, nobody comes in by it, and whoever has is signed out', async () => {
    const clinic = await makeClinicWithSso(api, provider);
    provider.signsIn({ sub: randomUUID(), name: 'Bilal', groups: ['front desk'] });
    const browser = api.client();
    await signInAt(browser, clinic.slug, provider);
    await clinic.admin.call(remove);
    expect((await browser.refused(me)).code).toBe('SESSION_EXPIRED');
    expect((await clinic.admin.call(get)).connection).toBeNull();
    const params = { clinic: clinic.slug };
    expect((await browser.refused(begin, { params, body: {} })).code).toBe('NOT_FOUND');
  });
});
