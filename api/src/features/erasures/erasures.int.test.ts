import { endpoints, type ErasureId } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { DAY_MS } from '../../core/retention.ts';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { createSigningKey, createVerifyingKey } from '../audit/signing-key.ts';
import { createVerificationRepository } from '../audit/verification.repository.ts';
import { verifyTrail } from '../audit/verify-trail.ts';
import { EXPORTED } from '../own-data/testing/coverage.ts';
import { livePatient, type Life } from '../own-data/testing/live-patient.ts';

const { accept, ask, getRetention, list, mine, putRetention, readHeld, refuse } = endpoints.erasures;

let api: TestApi;
let clinic: Clinic;
let life: Life;
let admin: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
  life = await livePatient(api, clinic);
});
afterAll(() => api.close());

/** Asked while the patient's life was made. */
async function asked(): Promise<ErasureId> {
  const { erasure } = await life.patient.call(mine);
  return erasure?.id ?? expect.unreachable();
}

async function endVisits(): Promise<void> {
  const { organizationId, patientId } = clinic;
  const { prisma } = api.database;
  const [at, where] = [api.clock.now(), { organizationId, patientId }];
  await prisma.visit.updateMany({ where, data: { state: 'ended', endedAt: at } });
  await prisma.appointment.updateMany({ where, data: { status: 'fulfilled' } });
}

/** Ids of all rows about the patient, of whatever kind. */
async function rowsLeft(): Promise<string[]> {
  const kept = ['AuditEvent', 'ConsentText', 'ErasureRequest', 'Patient', 'User'];
  const kinds = Object.entries(EXPORTED).filter(([model]) => !kept.includes(model));
  const found = await Promise.all(kinds.map(([, idsOf]) => idsOf(api.database.prisma, clinic)));
  const { patientId, members } = clinic;
  const people = [
    await api.database.prisma.patient.count({ where: { id: patientId } }),
    await api.database.prisma.user.count({ where: { id: members.patient.userId } }),
  ];
  return [...found.flat(), ...people.flatMap((count, index) => (count > 0 ? [`person ${index}`] : []))];
}

test('whoever is accepted is erased from every table at once, and signed out', async () => {
  const id = await asked();
  await endVisits();
  const { email } = clinic.members.patient;
  await admin.call(accept, { params: { erasureId: id } });
  expect(await rowsLeft()).toEqual([]);
  api.clock.advance(6_000);
  expect((await life.patient.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  const login = { body: { email, password: TEST_PASSWORD } };
  expect((await api.client().refused(endpoints.auth.login, login)).code).toBe('INVALID_CREDENTIALS');
  await api.settled();
  expect(api.mails.at(-1)).toMatchObject({ to: email, subject: 'Your data was erased' });
  const other = await api.database.prisma.patient.count({ where: { id: clinic.otherPatientId } });
  expect(other).toBe(1);
  expect((await admin.refused(accept, { params: { erasureId: id } })).code).toBe('CONFLICT');
});

test('the record is held encrypted, read by administrators for a reason alone, and goes when its time is over', async () => {
  const id = await asked();
  await endVisits();
  await admin.call(putRetention, { body: { years: 6 } });
  expect(await admin.call(getRetention)).toEqual({ years: 6 });
  await admin.call(accept, { params: { erasureId: id } });
  const [listed] = (await admin.call(list)).erasures;
  const year = api.clock.now().getUTCFullYear() + 6;
  expect(listed).toMatchObject({ state: 'accepted', patient: { id: clinic.patientId, name: null } });
  expect(listed?.heldUntil).toMatch(new RegExp(`^${year}-`));
  const held = await api.database.prisma.heldRecord.findFirstOrThrow({ where: { id } });
  for (const words of life.words) expect(held.content).not.toContain(words);
  const body = { reason: 'A court asks for it.' };
  const bundle = JSON.stringify(await admin.call(readHeld, { params: { erasureId: id }, body }));
  for (const words of life.words) expect(bundle).toContain(words);
  const row = await api.database.prisma.auditEvent.findFirstOrThrow({
    where: { action: 'erasure.readHeld', entityId: id },
  });
  expect(row).toMatchObject({ patientId: clinic.patientId, detail: body });
  await api.sweep();
  expect(await api.database.prisma.heldRecord.count({ where: { id } })).toBe(1);
  api.clock.advance((6 * 366 + 2) * DAY_MS);
  await api.sweep();
  expect(await api.database.prisma.heldRecord.count({ where: { id } })).toBe(0);
  const late = await api.signIn(clinic.members.admin);
  expect((await late.refused(readHeld, { params: { erasureId: id }, body })).code).toBe('NOT_FOUND');
});

test('nobody with a visit to come is erased, nor anybody of whom something cannot be read', async () => {
  const id = await asked();
  const refusedFor = async () => (await admin.refused(accept, { params: { erasureId: id } })).code;
  expect(await refusedFor()).toBe('ERASURE_BLOCKED');
  await endVisits();
  const { prisma } = api.database;
  const { patientId } = clinic;
  await prisma.visit.updateMany({ where: { patientId }, data: { reason: 'e1.damaged' } });
  expect(await refusedFor()).toBe('ERASURE_BLOCKED');
  expect(await prisma.heldRecord.count({ where: { id } })).toBe(0);
  expect(await prisma.visit.count({ where: { patientId } })).toBe(1);
});

test('a refusal is told with its reason; asked again, it is another request with thirty days of its own', async () => {
  const id = await asked();
  expect((await life.patient.call(ask)).erasure?.id).toBe(id);
  const reason = 'Your treatment is going on.';
  await admin.call(refuse, { params: { erasureId: id }, body: { reason } });
  expect((await life.patient.call(mine)).erasure).toMatchObject({ state: 'refused', reason });
  const stored = await api.database.prisma.erasureRequest.findFirstOrThrow({ where: { id } });
  expect(stored.reason).not.toContain('treatment');
  const again = (await life.patient.call(ask)).erasure;
  expect(again).toMatchObject({ state: 'open', reason: null });
  expect(Date.parse(again?.dueAt ?? '') - Date.parse(again?.requestedAt ?? '')).toBe(30 * DAY_MS);
});

test('an account that another organization has too stays there', async () => {
  const foreign = await makeOrganization(api.database);
  const { userId } = clinic.members.patient;
  const { prisma } = api.database;
  await prisma.membership.create({
    data: { organizationId: foreign.organizationId, userId, role: 'patient' },
  });
  const id = await asked();
  await endVisits();
  await admin.call(accept, { params: { erasureId: id } });
  const memberships = await prisma.membership.findMany({ where: { userId } });
  expect(memberships.map(({ organizationId }) => organizationId)).toEqual([foreign.organizationId]);
  expect(await prisma.patient.count({ where: { id: clinic.patientId } })).toBe(0);
});

test('requests of another organization do not exist, and the chain over the trail still holds', async () => {
  const id = await asked();
  await endVisits();
  const stranger = await api.signIn((await makeOrganization(api.database)).members.admin);
  expect((await stranger.refused(accept, { params: { erasureId: id } })).code).toBe('NOT_FOUND');
  expect((await stranger.call(list)).erasures).toEqual([]);
  const before = await api.database.prisma.auditEvent.count({ where: { patientId: clinic.patientId } });
  await admin.call(accept, { params: { erasureId: id } });
  const after = await api.database.prisma.auditEvent.count({ where: { patientId: clinic.patientId } });
  expect(after).toBe(before + 1);
  expect(await api.seal()).toBeGreaterThan(0);
  const faults: unknown[] = [];
  await verifyTrail({
    trail: createVerificationRepository(api.database),
    organizationId: clinic.organizationId,
    keys: [createVerifyingKey(createSigningKey(api.auditSigningKey).publicKey)],
    anchors: api.anchors,
    onFault: (fault) => void faults.push(fault),
  });
  expect(faults).toEqual([]);
});

test('what is written once is deleted in no other way', async () => {
  const { prisma } = api.database;
  const { organizationId, patientId } = clinic;
  await expect(prisma.visitEvent.deleteMany({ where: { organizationId } })).rejects.toThrow(/append-only/);
  await expect(prisma.consent.deleteMany({ where: { organizationId } })).rejects.toThrow(/append-only/);
  const forget = () => prisma.$executeRaw`SELECT forget_history(${organizationId}::uuid, ${patientId}::uuid)`;
  await expect(forget()).rejects.toThrow(/is not held/);
  const asTenant = () =>
    api.walledDatabase.tenancy.runAsTenant(organizationId, () =>
      api.walledDatabase.pool.query('SELECT forget_history($1, $2)', [organizationId, patientId]),
    );
  await expect(asTenant()).rejects.toThrow(/permission denied/);
});
