import { endpoints, type OrganizationId } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { makePlatformAdministrator, signInToPlatform } from '../../testing/a-platform.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { create, inviteFirstAdministrator, list } = endpoints.organizations;
const PASSWORD = 'lantern-river-meadow';
const WEEK_MS = 7 * 86_400_000;

let api: TestApi;
let clinic: Clinic;
let runner: ClinicMember;
let platform: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  runner = await makePlatformAdministrator(api.database);
  platform = await signInToPlatform(api, runner);
});
afterAll(() => api.close());

const aNew = (slug: string) => ({
  ...{ name: 'Shifa House', slug, country: 'PK', timeZone: 'Asia/Karachi' },
  location: { name: 'Gulberg', address: 'Main Boulevard 4, Lahore' },
  administrator: { name: 'Nadia Aslam', email: `nadia@${slug}.example` },
});
const tokenTo = (address: string) => {
  const text = api.mails.filter(({ to }) => to === address).at(-1)?.text ?? '';
  return /accept-invitation#token=([\w-]+)/.exec(text)?.[1] ?? '';
};
const find = async (id: OrganizationId) =>
  (await platform.call(list)).organizations.find((one) => one.id === id);
const accept = (token: string, client = api.client()) =>
  client.call(endpoints.invitations.accept, { body: { token, name: 'Nadia Aslam', password: PASSWORD } });

test('an organization is told in numbers, and nobody of it by name', async () => {
  await api.signIn(clinic.members.doctor);
  const listed = await platform.call(list);
  expect(listed.organizations.find(({ id }) => id === clinic.organizationId)).toMatchObject({
    timeZone: 'Asia/Karachi',
    country: null,
    suspension: null,
    members: { patient: 1, doctor: 1, receptionist: 1, pharmacist: 1, admin: 1 },
    activeMembers: 1,
    firstAdministrator: 'joined',
  });
  const told = JSON.stringify(listed);
  for (const { name, email } of [...Object.values(clinic.members), runner])
    for (const word of [name, email]) expect(told).not.toContain(word);
  // Nor is the organization of those who run the platform one of them.
  expect(listed.organizations.map(({ slug }) => slug)).not.toContain('platform');
});

test('a new organization begins with its first administrator, and is in both trails', async () => {
  const { id } = await platform.call(create, { body: aNew('shifa') });
  expect(await find(id)).toMatchObject({ firstAdministrator: 'invited', country: 'PK', activeMembers: 0 });
  await api.settled();
  await accept(tokenTo('nadia@shifa.example'));
  const admin = await api.signIn({ email: 'nadia@shifa.example' }, PASSWORD);
  const me = await admin.call(endpoints.auth.me);
  expect(me).toMatchObject({ role: 'admin', organization: { id, name: 'Shifa House' } });
  // As every new organization it asks its staff for a second step.
  expect(me.mustSetUpSecondFactor).toBe(true);
  expect(await find(id)).toMatchObject({ firstAdministrator: 'joined', members: { admin: 1, patient: 0 } });
  const rows = await api.database.prisma.auditEvent.findMany({
    where: { action: 'organization.create', entityId: id },
  });
  expect(rows.map(({ actorUserId, actorRole }) => [actorUserId, actorRole])).toEqual(
    Array(2).fill([runner.userId, 'platformAdmin']),
  );
  const { organizationId: own } = await api.database.prisma.membership.findFirstOrThrow({
    where: { userId: runner.userId },
  });
  expect(new Set(rows.map(({ organizationId }) => organizationId))).toEqual(new Set([own, id]));
  expect(await api.database.prisma.location.count({ where: { organizationId: id, name: 'Gulberg' } })).toBe(
    1,
  );
});

test('of two who want one short name, one gets it, and nothing of the other stays', async () => {
  const both = await Promise.all(
    [1, 2].map((which) =>
      platform.copy().send('POST', create.path, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...aNew('twins'), name: `Twins ${which}` }),
      }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(await api.database.prisma.location.count({ where: { organization: { slug: 'twins' } } })).toBe(1);
  expect((await platform.refused(create, { body: aNew('platform') })).code).toBe('VALIDATION_FAILED');
});

test('whoever did not come is invited again, and once somebody has joined nobody is from outside', async () => {
  const { id } = await platform.call(create, { body: aNew('amal') });
  await api.settled();
  const first = tokenTo('nadia@amal.example');
  const again = { params: { organizationId: id }, body: { name: 'Omar Butt', email: 'omar@amal.example' } };
  await platform.call(inviteFirstAdministrator, again);
  await api.settled();
  const refused = await api.client().refused(endpoints.invitations.check, { body: { token: first } });
  expect(refused.code).toBe('LINK_INVALID');
  await accept(tokenTo('omar@amal.example'));
  expect((await platform.refused(inviteFirstAdministrator, again)).code).toBe('CONFLICT');
  const elsewhere = { ...again, params: { organizationId: clinic.organizationId } };
  expect((await platform.refused(inviteFirstAdministrator, elsewhere)).code).toBe('CONFLICT');
});

test('an invitation that nobody answered is told as missing', async () => {
  const { id } = await platform.call(create, { body: aNew('late') });
  await api.database.prisma.identityLink.updateMany({
    where: { organizationId: id },
    data: { expiresAt: new Date(api.clock.now().getTime() - WEEK_MS) },
  });
  expect(await find(id)).toMatchObject({ firstAdministrator: 'missing' });
});

test('whoever runs the platform does it with a second factor, a proof of late, and an account for nothing else', async () => {
  const other = await makePlatformAdministrator(api.database);
  const bare = await api.signIn(other);
  expect((await bare.refused(list)).code).toBe('SECOND_FACTOR_NEEDED');

  // Invited by one who runs it, and by nobody else; as nothing else.
  const body = { email: 'third@platform.example', name: 'A Third', role: 'platformAdmin' } as const;
  const admin = await api.signIn(clinic.members.admin);
  expect((await admin.refused(endpoints.invitations.create, { body })).code).toBe('FORBIDDEN');
  const asAdmin = { ...body, role: 'admin' } as const;
  expect((await platform.refused(endpoints.invitations.create, { body: asAdmin })).code).toBe('FORBIDDEN');
  await platform.call(endpoints.invitations.create, { body });
  await api.settled();
  await accept(tokenTo(body.email));
  const third = await api.signIn({ email: body.email }, PASSWORD);
  expect((await third.refused(list)).code).toBe('SECOND_FACTOR_NEEDED');

  // Nor does one account become both.
  await admin.call(endpoints.invitations.create, { body: { ...asAdmin, email: other.email } });
  await api.settled();
  const taken = await api.client().refused(endpoints.invitations.accept, {
    body: { token: tokenTo(other.email), name: 'Both', password: 'quiet-orchard-seven' },
  });
  expect(taken).toMatchObject({
    code: 'CONFLICT',
    detail: expect.stringContaining('account of its own') as string,
  });
  const own = { ...aNew('own'), administrator: { name: 'Myself', email: runner.email } };
  expect((await platform.refused(create, { body: own })).code).toBe('CONFLICT');

  const late = platform.copy();
  api.clock.advance(11 * 60_000);
  await late.call(endpoints.auth.refreshToken, { body: {} });
  expect((await late.refused(create, { body: aNew('later') })).code).toBe('CONFIRMATION_NEEDED');
});
