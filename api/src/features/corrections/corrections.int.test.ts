import { endpoints, UNREADABLE_TEXT, type PatientChanges } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { make, list } = endpoints.corrections;
const { get: read, list: search } = endpoints.patients;
const NUMBER = '+92 300 7654321';

let api: TestApi;
let clinic: Clinic;
let desk: TestClient;
let patient: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  desk = await api.signIn(clinic.members.receptionist);
  patient = await api.signIn(clinic.members.patient);
});
afterAll(() => api.close());

const params = () => ({ patientId: clinic.patientId });
const change = (changes: PatientChanges) => ({ params: params(), body: { changes } });
const stored = () => desk.call(read, { params: params() });
const historyOf = async (client: TestClient) => (await client.call(list, { params: params() })).corrections;

test('the desk corrects who somebody is, and they are found by what is right', async () => {
  const before = await stored();
  const changes = {
    name: { from: before.name, to: 'Zahra Corrected' },
    birthDate: { from: before.birthDate, to: '1984-02-29' },
    phone: { from: null, to: NUMBER },
  };
  const after = await desk.call(make, change(changes));
  expect(after).toEqual({ ...before, name: 'Zahra Corrected', birthDate: '1984-02-29', phone: NUMBER });
  expect(await stored()).toEqual(after);
  for (const q of ['zahra', '29.2.1984', '0300 7654321'])
    expect((await desk.call(search, { query: { q } })).items.map(({ id }) => id)).toEqual([clinic.patientId]);
  expect(await historyOf(desk)).toMatchObject([
    { by: { name: clinic.members.receptionist.name, isPatient: false }, changes },
  ]);
});

test('what was there before is on record encrypted; the trail names the fields and nothing of what they hold', async () => {
  await desk.call(make, change({ phone: { from: null, to: NUMBER } }));
  const { prisma } = api.database;
  const where = { patientId: clinic.patientId };
  const row = await prisma.patientCorrection.findFirstOrThrow({ where });
  expect(row.changes).not.toContain('7654321');
  const traced = await prisma.auditEvent.findFirstOrThrow({ where: { ...where, action: 'patient.correct' } });
  expect(traced.detail).toEqual({ fields: ['phone'] });
  await expect(prisma.patientCorrection.deleteMany({ where })).rejects.toThrow();
});

test('patients correct how they are reached, and not who they are', async () => {
  await patient.call(make, change({ phone: { from: null, to: NUMBER } }));
  await patient.call(make, change({ phone: { from: NUMBER, to: null } }));
  const { name } = await stored();
  const refusal = await patient.refused(make, change({ name: { from: name, to: 'Somebody Else' } }));
  expect(refusal.code).toBe('FORBIDDEN');
  expect((await stored()).name).toBe(name);
  expect((await historyOf(patient)).map(({ by }) => by.isPatient)).toEqual([true, true]);
});

test('of two who correct the same at once one is told, and nothing is overwritten unseen', async () => {
  const numbers = ['+92 300 1111111', '+92 300 2222222'];
  const tries = await Promise.allSettled(
    numbers.map((to) => desk.copy().call(make, change({ phone: { from: null, to } }))),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refusal = await desk.refused(make, change({ phone: { from: null, to: NUMBER } }));
  expect(refusal).toMatchObject({
    code: 'CONFLICT',
    issues: [{ path: 'phone', message: 'has changed meanwhile' }],
  });
  expect(await historyOf(desk)).toHaveLength(1);
});

test('a number that cannot be read is not lost by correcting another field', async () => {
  const { prisma } = api.database;
  const damaged = { phone: 'e1.damaged', blindIndex: ['of what it was'] };
  await prisma.patient.update({ where: { id: clinic.patientId }, data: damaged });
  const { name, phone } = await stored();
  expect(phone).toBe(UNREADABLE_TEXT);
  await desk.call(make, change({ name: { from: name, to: 'Still Reached' } }));
  const email = { from: null, to: 'reached@home.example' };
  expect((await desk.refused(make, change({ email }))).code).toBe('CONFLICT');
  const row = await prisma.patient.findFirstOrThrow({ where: { id: clinic.patientId } });
  expect(row).toMatchObject({ name: 'Still Reached', ...damaged });
  const both = { phone: { from: UNREADABLE_TEXT, to: NUMBER }, email };
  expect(await desk.call(make, change(both))).toMatchObject({ phone: NUMBER, email: email.to });
});

test('a correction of nothing, or to nothing that can be, is refused with what is wrong', async () => {
  for (const changes of [
    {},
    { birthDate: { from: '1990-01-01', to: '2190-01-01' } },
    { phone: { to: NUMBER } },
  ])
    expect((await desk.refused(make, change(changes as PatientChanges))).code).toBe('VALIDATION_FAILED');
});
