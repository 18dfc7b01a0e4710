import { endpoints, INVITATION_TTL_DAYS } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { accept, cancel, check, create, list } = endpoints.invitations;
const DAY_MS = 86_400_000;
const NAME = 'Sana Malik';
const PASSWORD = 'lantern-river-meadow';

let api: TestApi;
let clinic: Clinic;
let admin: TestClient;
let email: string;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
  email = `new-${clinic.members.admin.email}`;
});
afterAll(() => api.close());

const asReceptionist = () => ({ email, name: NAME, role: 'receptionist' }) as const;
const tokenTo = (address: string) => {
  const text = api.mails.filter(({ to }) => to === address).at(-1)?.text ?? '';
  return /accept-invitation#token=([\w-]+)/.exec(text)?.[1] ?? '';
};

async function invite(body: Parameters<typeof admin.call<typeof create>>[1] = { body: asReceptionist() }) {
  await admin.call(create, body);
  await api.settled();
  return tokenTo(email);
}

const refusal = async (token: string, password = PASSWORD) =>
  (await api.client().refused(accept, { body: { token, name: NAME, password } })).code;

const actions = async () => {
  const where = { organizationId: clinic.organizationId, entityType: { in: ['invitation', 'membership'] } };
  const rows = await api.database.prisma.auditEvent.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(({ action }) => action);
};

test('whoever reads the mail joins with a password of their own, once', async () => {
  const token = await invite();
  const { name: clinicName } = await api.database.prisma.organization.findUniqueOrThrow({
    where: { id: clinic.organizationId },
  });
  expect(await api.client().call(check, { body: { token } })).toEqual({
    email,
    clinicName,
    name: NAME,
    role: 'receptionist',
    hasAccount: false,
    passwordMinLength: 12,
  });
  expect(await refusal(token, 'Password123456')).toBe('PASSWORD_TOO_WEAK');
  await api.client().call(accept, { body: { token, name: NAME, password: PASSWORD } });
  const me = await (await api.signIn({ email }, PASSWORD)).call(endpoints.auth.me);
  expect(me).toMatchObject({ name: NAME, role: 'receptionist', organization: { id: clinic.organizationId } });
  expect(await refusal(token)).toBe('LINK_INVALID');
  expect((await admin.call(list)).invitations).toEqual([]);
  expect(await actions()).toEqual(['people.invite', 'people.acceptInvitation']);
});

test('a doctor who joins can be found, with a walk-in link of their own that is closed', async () => {
  const body = { email, name: NAME, role: 'doctor', specialty: 'Paediatrics' } as const;
  const slugs: string[] = [];
  for (const address of [email, `second-${email}`]) {
    await admin.call(create, { body: { ...body, email: address } });
    await api.settled();
    const token = tokenTo(address);
    await api.client().call(accept, { body: { token, name: 'Dr. Zoë Ünal', password: PASSWORD } });
    const { practitionerId } = await (await api.signIn({ email: address }, PASSWORD)).call(endpoints.auth.me);
    const doctor = await admin.call(endpoints.providers.get, {
      params: { providerId: practitionerId ?? '' },
    });
    expect(doctor).toMatchObject({
      specialty: 'Paediatrics',
      isWalkInOpen: false,
      timeZone: clinic.timeZone,
    });
    slugs.push(doctor.walkInSlug);
  }
  expect(slugs[0]).toMatch(/^dr-zoe-unal/);
  expect(slugs[1]).toMatch(/^dr-zoe-unal-[0-9a-f]{6}$/);
});

test('a specialty is asked of doctors, and of nobody else', async () => {
  const refused = async (post: object) => {
    const body = JSON.stringify({ email, name: NAME, ...post });
    const headers = {
      'content-type': 'application/json',
      'x-csrf-token': admin.cookies.get('cc_csrf') ?? '',
    };
    return (await admin.send('POST', create.path, { body, headers })).status;
  };
  for (const post of [{ role: 'doctor' }, { role: 'admin', specialty: 'Power' }, { role: 'patient' }]) {
    expect(await refused(post)).toBe(400);
  }
});

test('another invitation to an address takes the place of the first; one that is taken back is worth nothing', async () => {
  const first = await invite();
  const second = await invite({ body: { ...asReceptionist(), role: 'pharmacist' } });
  expect(await refusal(first)).toBe('LINK_INVALID');
  const { invitations } = await admin.call(list);
  expect(invitations).toMatchObject([{ email, role: 'pharmacist', invitedBy: clinic.members.admin.name }]);
  const params = { invitationId: invitations[0]?.id ?? '' };
  const foreign = await api.signIn((await makeOrganization(api.database)).members.admin);
  expect((await foreign.refused(cancel, { params })).code).toBe('NOT_FOUND');
  await admin.call(cancel, { params });
  await admin.call(cancel, { params });
  expect(await refusal(second)).toBe('LINK_INVALID');
  expect(await actions()).toEqual(['people.invite', 'people.invite', 'people.cancelInvitation']);
});

test('two administrators who invite the same address at the same moment leave one invitation', async () => {
  await Promise.all([
    admin.call(create, { body: asReceptionist() }),
    admin.call(create, { body: asReceptionist() }),
  ]);
  expect((await admin.call(list)).invitations).toHaveLength(1);
});

test('a link is worth nothing after a week, and the invitation is off the list', async () => {
  const token = await invite();
  api.clock.advance(INVITATION_TTL_DAYS * DAY_MS - 1_000);
  await api.client().call(check, { body: { token } });
  api.clock.advance(1_000);
  expect(await refusal(token)).toBe('LINK_INVALID');
  const later = await api.signIn(clinic.members.admin);
  expect((await later.call(list)).invitations).toEqual([]);
});

test('somebody with an account elsewhere joins with its password, and only with that', async () => {
  const elsewhere = await makeOrganization(api.database);
  ({ email } = elsewhere.members.doctor);
  const token = await invite();
  expect((await api.client().call(check, { body: { token } })).hasAccount).toBe(true);
  expect(await refusal(token)).toBe('INVALID_CREDENTIALS');
  await api.client().call(accept, { body: { token, name: NAME, password: TEST_PASSWORD } });
  const body = { email, password: TEST_PASSWORD, organizationId: clinic.organizationId };
  const answer = await api.client().call(endpoints.auth.login, { body });
  expect(answer).toMatchObject({
    kind: 'signedIn',
    me: { role: 'receptionist', name: elsewhere.members.doctor.name },
  });
});

test('somebody who was removed comes back in a new role; members, suspended ones and patients are not invited', async () => {
  const { pharmacist, receptionist, doctor, patient } = clinic.members;
  const of = async (userId: string) => {
    const where = { organizationId: clinic.organizationId, userId };
    return {
      params: { membershipId: (await api.database.prisma.membership.findFirstOrThrow({ where })).id },
    };
  };
  await admin.call(endpoints.people.remove, await of(pharmacist.userId));
  ({ email } = pharmacist);
  const token = await invite();
  await api.client().call(accept, { body: { token, name: NAME, password: TEST_PASSWORD } });
  const me = await (await api.signIn(pharmacist)).call(endpoints.auth.me);
  expect(me).toMatchObject({ role: 'receptionist', name: pharmacist.name });

  await admin.call(endpoints.people.suspend, await of(receptionist.userId));
  for (const member of [doctor, receptionist, patient]) {
    const body = { ...asReceptionist(), email: member.email };
    expect((await admin.refused(create, { body })).code).toBe('CONFLICT');
  }
});

test('whoever became a patient after they were invited does not become staff by it', async () => {
  const token = await invite();
  const passwordHash = (
    await api.database.prisma.user.findUniqueOrThrow({ where: { id: clinic.members.doctor.userId } })
  ).passwordHash;
  const { organizationId } = clinic;
  await api.database.prisma.user.create({
    data: { name: NAME, email, passwordHash, memberships: { create: { organizationId, role: 'patient' } } },
  });
  expect(await refusal(token, TEST_PASSWORD)).toBe('CONFLICT');
  // Nothing was used up: the link is as it was.
  await api.client().call(check, { body: { token } });
});

test('an address is not sent more than ten mails an hour, and the last invitation stays good', async () => {
  let token = '';
  for (let times = 0; times < 10; times += 1) token = await invite();
  expect((await admin.refused(create, { body: asReceptionist() })).code).toBe('RATE_LIMITED');
  await api.client().call(check, { body: { token } });
});
