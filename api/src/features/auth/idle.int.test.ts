import { endpoints, IDLE_HEADER } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { me, refreshToken } = endpoints.auth;
const MINUTE_MS = 60_000;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  await api.database.prisma.organization.update({
    where: { id: clinic.organizationId },
    data: { idleTimeoutMinutes: 30 },
  });
});
afterAll(() => api.close());

/** Lets time pass while the page asks by itself every five minutes, untouched since `idleSeconds`. */
async function leave(client: TestClient, minutes: number, idleSeconds: (minute: number) => number) {
  const codes: (string | undefined)[] = [];
  for (let minute = 5; minute <= minutes; minute += 5) {
    api.clock.advance(5 * MINUTE_MS);
    const headers = { [IDLE_HEADER]: String(idleSeconds(minute)) };
    const { body } = await client.send('POST', refreshToken.path, { headers });
    codes.push((body as { code?: string }).code);
    if (codes.at(-1) === undefined) await client.call(me, { headers });
  }
  return codes;
}

test('a page that nobody touches is signed out after half an hour, however often it asks', async () => {
  const client = await api.signIn(clinic.members.receptionist);
  const codes = await leave(client, 30, (minute) => minute * 60);
  expect(codes).toEqual([...Array.from({ length: 5 }, () => undefined), 'SESSION_EXPIRED']);
  expect(client.cookies.size).toBe(0);
});

test('a page that is touched stays, and so does an integrator who asks', async () => {
  const client = await api.signIn(clinic.members.receptionist);
  expect(await leave(client, 60, () => 20)).toEqual(Array.from({ length: 12 }, () => undefined));
  api.clock.advance(30 * MINUTE_MS);
  expect((await client.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
});

test('nobody is signed out of a visit', async () => {
  const { patientId, practitionerId, organizationId } = clinic;
  const since = api.clock.now();
  await api.database.prisma.visit.create({
    data: {
      organizationId,
      patientId,
      practitionerId,
      origin: 'walk_in',
      state: 'waiting',
      waitingSince: since,
    },
  });
  const [patient, doctor] = [
    await api.signIn(clinic.members.patient),
    await api.signIn(clinic.members.doctor),
  ];
  api.clock.advance(45 * MINUTE_MS);
  await patient.call(refreshToken);
  expect((await patient.call(me)).patientId).toBe(patientId);
  // Somebody always waits for a doctor; what counts for them is a visit that is under way.
  expect((await doctor.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
});

test('a visit that was forgotten keeps nobody signed in', async () => {
  const { patientId, practitionerId, organizationId } = clinic;
  const since = new Date(api.clock.now().getTime() - 12 * 60 * MINUTE_MS);
  await api.database.prisma.visit.create({
    data: {
      organizationId,
      patientId,
      practitionerId,
      origin: 'walk_in',
      state: 'waiting',
      waitingSince: since,
    },
  });
  const patient = await api.signIn(clinic.members.patient);
  api.clock.advance(31 * MINUTE_MS);
  expect((await patient.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
});
