import { endpoints, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makePlatformAdministrator, signInToPlatform } from '../../testing/a-platform.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { sessionIdOf } from '../auth/session.service.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

const { reopen, suspend } = endpoints.organizations;
const REASON = 'Its contract has ended';
const DIRECTORY_TRUST_MS = 6_000;

let scene: CareScene;
let platform: TestClient;
let visitId: VisitId;

beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
  platform = await signInToPlatform(scene.api, await makePlatformAdministrator(scene.api.database));
  visitId = (await scene.book()).visitId;
  await scene.checkIn(visitId);
  await scene.doctor.call(endpoints.visits.start, { params: { visitId } });
});
afterAll(() => scene.close());

const about = () => ({ params: { organizationId: scene.clinic.organizationId } });
const sessionOf = (client: TestClient) => sessionIdOf(client.cookies.get('cc_refresh') ?? '');
const endedAmong = async (clients: readonly TestClient[]) => {
  const sessionIds = clients.flatMap((client) => sessionOf(client) ?? []);
  expect(sessionIds.length).toBe(clients.length);
  return (await scene.api.asSignaling(internalApiEndpoints.endedSessions, { body: { sessionIds } })).endedIds;
};

test('a suspended organization is closed at once, and a visit that goes on is not cut', async () => {
  const { api, clinic, patient, doctor, desk, foreignDesk, foreign } = scene;
  const { doctor: itsDoctor, receptionist, admin } = clinic.members;
  const other = await doctor.call(endpoints.visits.create, {
    body: { patientId: clinic.otherPatientId, idempotencyKey: crypto.randomUUID() },
  });
  await platform.call(suspend, { ...about(), body: { reason: REASON } });
  await api.settled();

  // Whoever is in no visit is out, and told why at the door.
  expect((await desk.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  expect(await endedAmong([desk, doctor, patient, foreignDesk])).toEqual([sessionOf(desk)]);
  expect(api.signaling.pushes).toContainEqual({ type: 'session.ended', sessionId: sessionOf(desk) });
  for (const { email } of [receptionist, itsDoctor]) {
    const body = { email, password: 'quiet-orchard-seven' };
    expect((await api.client().refused(endpoints.auth.login, { body })).code).toBe('ORGANIZATION_SUSPENDED');
    const wrong = { email, password: 'not this one' };
    expect((await api.client().refused(endpoints.auth.login, { body: wrong })).code).toBe(
      'INVALID_CREDENTIALS',
    );
  }
  expect(
    (
      await api.client().refused(endpoints.walkIns.enter, {
        params: { slug: clinic.walkInSlug },
        body: { guest: { name: 'A Guest', birthDate: '1990-01-01' }, idempotencyKey: crypto.randomUUID() },
      })
    ).code,
  ).toBe('ORGANIZATION_SUSPENDED');

  // The two in the visit come back into it, hold and resume it; all else is closed, and no other begins.
  api.clock.advance(DIRECTORY_TRUST_MS);
  const inIt = { params: { visitId } };
  for (const client of [doctor, patient]) {
    await client.call(endpoints.seats.joinTicket, inIt);
    await client.call(endpoints.auth.refreshToken, { body: {} });
    expect((await client.refused(endpoints.appointments.list)).code).toBe('ORGANIZATION_SUSPENDED');
  }
  await doctor.call(endpoints.visits.hold, inIt);
  expect((await patient.call(endpoints.visits.get, inIt)).state).toBe('on_hold');
  await doctor.call(endpoints.visits.start, inIt);
  const begun = await doctor.refused(endpoints.visits.start, { params: { visitId: other.id } });
  expect(begun.code).toBe('ORGANIZATION_SUSPENDED');
  expect((await doctor.call(endpoints.visits.end, inIt)).state).toBe('ended');

  // And then it is closed to them as well.
  api.clock.advance(DIRECTORY_TRUST_MS);
  for (const client of [doctor, patient])
    expect((await client.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  expect((await endedAmong([desk, doctor, patient])).length).toBe(3);

  // Its administrators hear of it, and nobody elsewhere notices.
  expect(api.mails.filter(({ subject }) => subject.endsWith('is suspended')).map(({ to }) => to)).toEqual([
    admin.email,
  ]);
  expect(api.mails.at(-1)?.text).toContain(REASON);
  await foreignDesk.call(endpoints.patients.list);
  await api.signIn(foreign.members.doctor);
});

test('what was over does not come back with it, and its administrator reads who did it and why', async () => {
  const { api, clinic, doctor, desk } = scene;
  await platform.call(suspend, { ...about(), body: { reason: 'Another' } });
  await platform.call(reopen, about());
  await platform.call(reopen, about());
  await api.settled();
  for (const client of [desk, doctor])
    expect((await client.refused(endpoints.auth.refreshToken, { body: {} })).code).toBe('SESSION_EXPIRED');
  const admin = await api.signIn(clinic.members.admin);
  const { items } = await admin.call(endpoints.audit.list, { query: {} });
  const decided = items.filter(({ entityType }) => entityType === 'organization');
  expect(decided.map(({ action, reason, actor }) => [action, reason, actor.role, actor.name])).toEqual([
    ['organization.reopen', null, 'platformAdmin', null],
    ['organization.suspend', REASON, 'platformAdmin', null],
  ]);
  expect(api.mails.filter(({ subject }) => subject.endsWith('is open again')).length).toBe(1);
});

test('a visit that was forgotten in progress keeps nobody signed in', async () => {
  const { api, foreign, foreignDoctor } = scene;
  const { organizationId, practitionerId, patientId } = foreign;
  const startedAt = new Date(api.clock.now().getTime() - 13 * 3_600_000);
  await api.database.prisma.visit.create({
    data: { organizationId, practitionerId, patientId, state: 'in_progress', origin: 'walk_in', startedAt },
  });
  await platform.call(suspend, { params: { organizationId }, body: { reason: REASON } });
  expect((await foreignDoctor.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
});

test('a person of two organizations signs in to the one that is open', async () => {
  const { api, clinic, foreign } = scene;
  const { userId, email } = foreign.members.receptionist;
  await api.database.prisma.membership.create({
    data: { userId, organizationId: clinic.organizationId, role: 'receptionist' },
  });
  const me = await (await api.signIn({ email })).call(endpoints.auth.me);
  expect(me.organization.id).toBe(clinic.organizationId);
});
