import { randomBytes, randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { DAY_MS } from '../../core/retention.ts';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const MINUTE_MS = 60_000;
const inMs = (ms: number) => new Date(api.clock.now().getTime() + ms);
const secret = () => randomBytes(32);

/** One link, code and challenge of each kind, which last for an hour. */
async function makeLinks(): Promise<void> {
  const { prisma } = api.database;
  const { organizationId, members } = clinic;
  const { userId } = members.patient;
  const expiresAt = inMs(60 * MINUTE_MS);
  const email = `${randomUUID()}@example.org`;
  await prisma.identityLink.create({
    data: { purpose: 'registration', email, organizationId, tokenHash: secret(), expiresAt },
  });
  await prisma.passwordReset.create({ data: { userId, tokenHash: secret(), expiresAt } });
  await prisma.signInChallenge.create({ data: { organizationId, userId, tokenHash: secret(), expiresAt } });
  await prisma.webauthnChallenge.create({
    data: { purpose: 'authentication', challengeHash: secret(), expiresAt },
  });
}

const links = async () => {
  const { prisma } = api.database;
  return Promise.all([
    prisma.identityLink.count(),
    prisma.passwordReset.count(),
    prisma.signInChallenge.count(),
    prisma.webauthnChallenge.count(),
  ]);
};
const sessions = () =>
  api.database.prisma.session.count({ where: { organizationId: clinic.organizationId } });

test('links, codes and challenges are kept for a week after they have run out, and no longer', async () => {
  await makeLinks();
  api.clock.advance(7 * DAY_MS);
  await api.sweep();
  expect(await links()).toEqual([1, 1, 1, 1]);
  api.clock.advance(61 * MINUTE_MS);
  await makeLinks();
  await api.sweep();
  // Those that were made a moment ago.
  expect(await links()).toEqual([1, 1, 1, 1]);
  expect(await api.metrics.metrics()).toMatch(/retention_removed_total\{what="identityLink"[^}]*\} 1\b/);
});

test('ended sign-ins go after 90 days with their tokens, but for the last of each person', async () => {
  for (let times = 0; times < 3; times += 1) {
    const desk = await api.signIn(clinic.members.receptionist);
    await desk.call(endpoints.auth.logout);
    api.clock.advance(MINUTE_MS);
  }
  api.clock.advance(89 * DAY_MS);
  await api.signIn(clinic.members.doctor);
  await api.sweep();
  expect(await sessions()).toBe(4);
  api.clock.advance(DAY_MS + MINUTE_MS);
  await api.sweep();
  expect(await sessions()).toBe(2);
  const { prisma } = api.database;
  const orphans = await prisma.refreshToken.count({
    where: { session: { userId: clinic.members.receptionist.userId } },
  });
  expect(orphans).toBe(1);
  const admin = await api.signIn(clinic.members.admin);
  const people = await admin.call(endpoints.people.list, { query: { role: 'receptionist' } });
  expect(people.items[0]?.lastSeenAt).not.toBeNull();
});

test('what was measured of a call goes after a year; the visit stays', async () => {
  const { prisma } = api.database;
  const { organizationId, patientId, practitionerId, members } = clinic;
  const at = api.clock.now();
  const { id: visitId } = await prisma.visit.create({
    data: {
      ...{ organizationId, patientId, practitionerId, state: 'ended', origin: 'walk_in' },
      ...{ waitingSince: at, startedAt: at, endedAt: at, idempotencyKey: randomUUID() },
    },
  });
  const { id: seatId } = await prisma.visitParticipant.create({
    data: { organizationId, visitId, userId: members.patient.userId, seatRole: 'patient', displayName: 'P' },
  });
  const sample = (when: Date) => ({
    ...{ organizationId, visitId, seatId, at: when, durationMs: 5_000 },
    idempotencyKey: randomUUID(),
  });
  const old = Array.from({ length: 1_200 }, () => sample(at));
  await prisma.qualitySample.createMany({ data: [...old, sample(inMs(2 * MINUTE_MS))] });
  api.clock.advance(365 * DAY_MS + MINUTE_MS);
  await Promise.all([api.sweep(), api.sweep()]);
  expect(await prisma.qualitySample.count({ where: { visitId } })).toBe(1);
  expect(await prisma.visit.count({ where: { id: visitId } })).toBe(1);
});
