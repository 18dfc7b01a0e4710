import { randomUUID } from 'node:crypto';
import { endpoints, type SessionId } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { end, endOthers, list } = endpoints.sessions;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

test('a person sees where they are signed in, and signs a device out at once', async () => {
  const here = await api.signIn(clinic.members.doctor);
  const there = await api.signIn(clinic.members.doctor);
  const { sessions } = await here.call(list);
  expect(sessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
  const other = sessions.find(({ isCurrent }) => !isCurrent);
  if (!other) throw new Error('the other device is missing');
  await here.call(end, { params: { sessionId: other.id } });
  expect((await there.refused(list)).code).toBe('SESSION_EXPIRED');
  await here.call(end, { params: { sessionId: other.id } });
  await api.settled();
  expect(api.signaling.take()).toContainEqual({ type: 'session.ended', sessionId: other.id });
  const rows = await api.database.prisma.auditEvent.findMany({
    where: { action: 'auth.signOut', entityId: other.id },
  });
  expect(rows).toMatchObject([{ actorUserId: clinic.members.doctor.userId }]);
});

test('nobody ends what is not theirs, and what is not there', async () => {
  const doctor = await api.signIn(clinic.members.doctor);
  const admin = await api.signIn(clinic.members.admin);
  const [theirs] = (await doctor.call(list)).sessions;
  for (const sessionId of [theirs?.id ?? '', randomUUID()] as SessionId[]) {
    expect((await admin.refused(end, { params: { sessionId } })).code).toBe('NOT_FOUND');
  }
  expect((await doctor.call(list)).sessions).toHaveLength(1);
});

test('all other devices go at once, and this one stays', async () => {
  const here = await api.signIn(clinic.members.admin);
  const others = [await api.signIn(clinic.members.admin), await api.signIn(clinic.members.admin)];
  expect(await here.call(endOthers)).toEqual({ ended: 2 });
  for (const other of others) expect((await other.refused(list)).code).toBe('SESSION_EXPIRED');
  expect((await here.call(list)).sessions).toHaveLength(1);
});
