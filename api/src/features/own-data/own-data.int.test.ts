import { endpoints, type FhirBundle } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { modelsAboutPeople } from '../../../../prisma/src/testing/models-about-people.ts';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { EXPORTED, LEFT_OUT } from './testing/coverage.ts';
import { livePatient, type Life } from './testing/live-patient.ts';

const { ownData } = endpoints;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const ofType = ({ entry }: FhirBundle, type: string) =>
  entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);

test('every model about a person is in the copy, or left out for a reason that somebody has looked at', async () => {
  const known = [...Object.keys(EXPORTED), ...Object.keys(LEFT_OUT)].sort();
  expect(await modelsAboutPeople()).toEqual(known);
});

test('a copy has each row that is stored about the patient, with its words in plain text', async () => {
  const life: Life = await livePatient(api, clinic);
  const bundle = await life.patient.call(ownData.export);
  const all = JSON.stringify(bundle);
  for (const [model, idsOf] of Object.entries(EXPORTED)) {
    const ids = await idsOf(api.database.prisma, clinic);
    expect(ids.length, model).toBeGreaterThan(0);
    for (const id of ids) expect(all, model).toContain(id);
  }
  for (const words of life.words) expect(all).toContain(words);
  expect(new Set(bundle.entry.map(({ fullUrl }) => fullUrl)).size).toBe(bundle.entry.length);
});

test('nothing of another patient, no secret and no ciphertext is in it', async () => {
  const life = await livePatient(api, clinic);
  const doctor = await api.signIn(clinic.members.doctor);
  await doctor.call(endpoints.patients.list, { query: { limit: 100 } });
  const bundle = await life.patient.call(ownData.export);
  const all = JSON.stringify(bundle);
  // In the list that the doctor has just read they stood beside each other.
  expect(ofType(bundle, 'AuditEvent').length).toBeGreaterThan(1);
  expect(all).not.toContain(clinic.otherPatientId);
  for (const secret of life.secrets) expect(all).not.toContain(secret);
});

test('a copy is on record, asks for a proof, and is made six times an hour for a person', async () => {
  const strict = await startTestApi({ postgresUrl: inject('postgresUrl'), rateLimitFactor: 1 });
  try {
    const { members, patientId } = await makeOrganization(strict.database);
    const first = await strict.signIn(members.patient);
    for (let times = 0; times < 6; times += 1) await first.call(ownData.export);
    const second = await strict.signIn(members.patient);
    expect((await second.refused(ownData.export)).code).toBe('RATE_LIMITED');
    const where = { action: 'ownData.export', patientId };
    expect(await strict.database.prisma.auditEvent.count({ where })).toBe(6);
    strict.clock.advance(11 * 60_000);
    await first.call(endpoints.auth.refreshToken);
    expect((await first.refused(ownData.export)).code).toBe('CONFIRMATION_NEEDED');
  } finally {
    await strict.close();
  }
});

test('somebody without a record here has nothing to take out', async () => {
  const { organizationId, members } = clinic;
  const { prisma } = api.database;
  const { userId } = members.pharmacist;
  await prisma.membership.updateMany({ where: { organizationId, userId }, data: { role: 'patient' } });
  const client = await api.signIn(members.pharmacist);
  expect((await client.refused(ownData.export)).code).toBe('NOT_FOUND');
});
