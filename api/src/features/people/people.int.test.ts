import { endpoints, type MembershipId } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { sessionIdOf } from '../auth/session.service.ts';
import { setUpApp } from '../second-factor/testing/an-app.ts';

const { changeRole, list, remove, resetSecondFactor, resume, suspend } = endpoints.people;

let api: TestApi;
let clinic: Clinic;
let admin: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
});
afterAll(() => api.close());

async function membershipOf({ userId }: ClinicMember, of = clinic): Promise<MembershipId> {
  const { id } = await api.database.prisma.membership.findFirstOrThrow({
    where: { userId, organizationId: of.organizationId },
  });
  return id as MembershipId;
}

const about = async (member: ClinicMember) => ({ params: { membershipId: await membershipOf(member) } });

const audited = (action: string) =>
  api.database.prisma.auditEvent.findMany({ where: { organizationId: clinic.organizationId, action } });

test('everybody with an account is found by words of their name or address, guests are not', async () => {
  const { doctor, patient } = clinic.members;
  const guest = { name: 'Guest', isGuest: true };
  await api.database.prisma.membership.create({
    data: {
      organization: { connect: { id: clinic.organizationId } },
      user: { create: guest },
      role: 'patient',
    },
  });
  const all = (await admin.call(list)).items;
  expect(all.map(({ name }) => name)).toEqual(
    Object.values(clinic.members)
      .map(({ name }) => name)
      .sort(),
  );
  expect(all.find(({ role }) => role === 'admin')?.lastSeenAt).toBe(api.clock.now().toISOString());
  expect(all.find(({ role }) => role === 'doctor')?.lastSeenAt).toBeNull();
  const [local = ''] = doctor.email.split('@');
  for (const query of [{ q: doctor.name }, { q: local.toUpperCase() }, { role: 'doctor' } as const]) {
    expect((await admin.call(list, { query })).items.map(({ userId }) => userId)).toEqual([doctor.userId]);
  }
  expect((await admin.call(list, { query: { q: '%' } })).items).toEqual([]);
  expect((await admin.call(list, { query: { status: 'suspended' } })).items).toEqual([]);
  const [search] = await audited('people.search');
  expect(search?.detail).toEqual({ patientIds: [clinic.patientId] });
  expect(all.some(({ userId }) => userId === patient.userId)).toBe(true);
});

test('pages follow one another without a gap or a repeat', async () => {
  const whole = (await admin.call(list)).items.map(({ userId }) => userId);
  const first = await admin.call(list, { query: { limit: 3 } });
  const rest = await admin.call(list, { query: { limit: 3, cursor: first.nextCursor ?? '' } });
  expect([...first.items, ...rest.items].map(({ userId }) => userId)).toEqual(whole);
  expect(rest.nextCursor).toBeNull();
  const foreign = await makeOrganization(api.database);
  const cursor = await membershipOf(foreign.members.doctor, foreign);
  expect((await admin.refused(list, { query: { cursor } })).code).toBe('VALIDATION_FAILED');
});

describe('somebody who is suspended', () => {
  test('is out at once, here and nowhere else, and cannot sign in until they are let in again', async () => {
    const { doctor } = clinic.members;
    const elsewhere = await makeOrganization(api.database);
    await api.database.prisma.membership.create({
      data: { organizationId: elsewhere.organizationId, userId: doctor.userId, role: 'doctor' },
    });
    const signIn = async (organizationId: string) => {
      const client = api.client();
      const body = { email: doctor.email, password: 'quiet-orchard-seven', organizationId };
      await client.call(endpoints.auth.login, { body });
      return client;
    };
    const [here, there] = [await signIn(clinic.organizationId), await signIn(elsewhere.organizationId)];
    await api.settled();
    api.signaling.take();
    await admin.call(suspend, await about(doctor));
    expect((await here.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
    await there.call(endpoints.auth.me);
    await api.settled();
    const sessionId = sessionIdOf(here.cookies.get('cc_refresh') ?? '');
    expect(api.signaling.take()).toEqual([{ type: 'session.ended', sessionId }]);
    await expect(signIn(clinic.organizationId)).rejects.toThrow();
    await admin.call(resume, await about(doctor));
    await (await signIn(clinic.organizationId)).call(endpoints.auth.me);
    expect((await here.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  });

  test('is so once, however often it is asked, with one row that tells of it', async () => {
    const who = await about(clinic.members.receptionist);
    await admin.call(suspend, who);
    await admin.call(suspend, who);
    const { organizationId, members } = clinic;
    expect(await audited('people.suspend')).toMatchObject([
      {
        organizationId,
        actorUserId: members.admin.userId,
        entityType: 'membership',
        entityId: who.params.membershipId,
        detail: { userId: members.receptionist.userId, statusBefore: 'active', roleBefore: 'receptionist' },
      },
    ]);
  });
});

test('somebody who was removed is out, and only an invitation brings them back; a patient stays', async () => {
  const { pharmacist, patient } = clinic.members;
  const theirs = await api.signIn(pharmacist);
  await admin.call(remove, await about(pharmacist));
  expect((await theirs.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  for (const endpoint of [suspend, resume, resetSecondFactor]) {
    expect((await admin.refused(endpoint, await about(pharmacist))).code).toBe('CONFLICT');
  }
  expect((await admin.refused(remove, await about(patient))).code).toBe('CONFLICT');
});

test('a role changes among the staff, signs its person out, and makes a doctor one who can be found', async () => {
  const { receptionist, patient } = clinic.members;
  const theirs = await api.signIn(receptionist);
  const who = await about(receptionist);
  const body = { role: 'doctor', specialty: 'Dermatology' } as const;
  await admin.call(changeRole, { ...who, body });
  expect((await theirs.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  const { items } = await admin.call(endpoints.providers.list, { query: { q: 'Dermatology' } });
  expect(items).toMatchObject([
    { name: receptionist.name, isWalkInOpen: false, timeZone: clinic.timeZone, nextFreeAt: null },
  ]);
  expect(items[0]?.walkInSlug).toBe(receptionist.name.toLowerCase().replace(' ', '-'));
  await admin.call(changeRole, { ...who, body: { role: 'receptionist' } });
  const me = await (await api.signIn(receptionist)).call(endpoints.auth.me);
  expect(me).toMatchObject({ role: 'receptionist', practitionerId: null });
  const ofPatient = { ...(await about(patient)), body };
  expect((await admin.refused(changeRole, ofPatient)).code).toBe('CONFLICT');
});

test('nobody decides about themselves, nor about somebody of another organization or a guest', async () => {
  const own = await about(clinic.members.admin);
  for (const endpoint of [suspend, resume, remove, resetSecondFactor]) {
    expect((await admin.refused(endpoint, own)).code).toBe('FORBIDDEN');
  }
  const body = { role: 'receptionist' } as const;
  const refused = await admin.refused(changeRole, { ...own, body });
  expect(refused.code).toBe('FORBIDDEN');
  expect(refused.detail).toContain('another administrator');
  const foreign = await makeOrganization(api.database);
  const membershipId = await membershipOf(foreign.members.doctor, foreign);
  expect((await admin.refused(suspend, { params: { membershipId } })).code).toBe('NOT_FOUND');
  const guest = await api.database.prisma.user.create({
    data: {
      name: 'Guest',
      isGuest: true,
      memberships: { create: { organizationId: clinic.organizationId, role: 'patient' } },
    },
    include: { memberships: true },
  });
  const params = { membershipId: guest.memberships[0]?.id ?? '' };
  expect((await admin.refused(suspend, { params })).code).toBe('NOT_FOUND');
});

test('a lost app is taken away, its owner is told, and signs in with the password alone', async () => {
  const { pharmacist } = clinic.members;
  await setUpApp(api, await api.signIn(pharmacist));
  const find = async () =>
    (await admin.call(list, { query: { role: 'pharmacist' } })).items.map((person) => person.hasSecondFactor);
  expect(await find()).toEqual([true]);
  await admin.call(resetSecondFactor, await about(pharmacist));
  expect(await find()).toEqual([false]);
  await api.settled();
  expect(api.mails.at(-1)).toMatchObject({
    to: pharmacist.email,
    subject: 'An administrator removed the second step of your sign-in',
  });
  await (await api.signIn(pharmacist)).call(endpoints.auth.me);
  const before = api.mails.length;
  await admin.call(resetSecondFactor, await about(pharmacist));
  await api.settled();
  expect(api.mails).toHaveLength(before);
});

test('what is decided about others asks for a proof of who decides', async () => {
  api.clock.advance(11 * 60_000);
  await admin.call(endpoints.auth.refreshToken);
  const refused = await admin.refused(suspend, await about(clinic.members.doctor));
  expect(refused.code).toBe('CONFIRMATION_NEEDED');
});
