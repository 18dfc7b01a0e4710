import { endpoints, UNREADABLE_TEXT } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { create, get, list } = endpoints.patients;

let api: TestApi;
let clinic: Clinic;
let foreign: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  foreign = await makeOrganization(api.database);
});
afterAll(() => api.close());

const lastAudit = () => api.database.prisma.auditEvent.findFirst({ orderBy: { id: 'desc' } });

test('the desk registers a patient and finds them by name, birth date or number, however they are written', async () => {
  const desk = await api.signIn(clinic.members.receptionist);
  const body = {
    name: 'Zainab Akhtar',
    birthDate: '1948-11-02',
    gender: 'female' as const,
    phone: '+92 300 0000002',
    email: 'zainab.akhtar@home.example',
  };
  const created = await desk.call(create, { body });
  expect(created).toMatchObject({ ...body, allergiesNote: null });
  expect(await lastAudit()).toMatchObject({
    action: 'patient.create',
    patientId: created.id,
    actorRole: 'receptionist',
  });
  for (const q of [
    'nab akh',
    'ZAINAB',
    'akhtar, zainab',
    '1948-11-02',
    '2.11.1948',
    '02/11/1948',
    '11/02/1948',
    '2 November 1948',
    '+923000000002',
    '0300 0000002',
    'zainab.akhtar@HOME.example',
    'Akhtar Zainab 1948-11-02',
  ]) {
    expect(
      (await desk.call(list, { query: { q } })).items.map(({ id }) => id),
      q,
    ).toEqual([created.id]);
  }
  for (const q of [
    '%',
    '_',
    '\\',
    '1948-13-45',
    '0000-01-01',
    "'; --",
    'Zainab 3.11.1948',
    '0301 0000002',
    'akhtar@home.example',
  ]) {
    expect((await desk.call(list, { query: { q } })).items, q).toEqual([]);
  }
});

test('finds a short national number with its country, and with a part of it', async () => {
  const desk = await api.signIn(clinic.members.receptionist);
  const common = { birthDate: '1960-05-06', gender: 'male' as const };
  const register = (name: string, phone: string) =>
    desk.call(create, { body: { ...common, name, phone } }).then(({ id }) => id);
  const national = await register('Ola Short', '22 33 44 55');
  const trunk = await register('Kari Trunk', '+44 (0)77 88 99 66');
  const extension = await register('Per Inside', '99-00-11');
  const found = async (q: string) => (await desk.call(list, { query: { q } })).items.map(({ id }) => id);
  for (const q of [
    '+47 22 33 44 55',
    '0047 22334455',
    '22 33 44 55',
    '022334455',
    '4455',
    'Ola +47 22334455',
  ])
    expect(await found(q), q).toEqual([national]);
  for (const q of ['+44 77 88 99 66', '077889966', '+44 (0)77889966'])
    expect(await found(q), q).toEqual([trunk]);
  expect(await found('+47 55 99 00 11')).toEqual([extension]);
  for (const q of ['+47 22 33 44 56', '3344', '44 55 22', '12 00 11']) expect(await found(q), q).toEqual([]);
});

test('pages follow one another without a gap or a repeat', async () => {
  const { organizationId, members } = await makeOrganization(api.database);
  const names = Array.from({ length: 7 }, (_, index) => `Same Name ${index % 2}`);
  await api.database.prisma.patient.createMany({
    data: names.map((name) => ({ organizationId, name, birthDate: new Date('1990-01-01') })),
  });
  const desk = await api.signIn(members.receptionist);
  const whole = (await desk.call(list)).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await desk.call(list, {
      query: { limit: 2, ...(cursor === null ? {} : { cursor }) },
    });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(whole).toHaveLength(9);
  expect(paged).toEqual(whole);
  const problem = await desk.refused(list, { query: { cursor: foreign.patientId } });
  expect(problem.code).toBe('VALIDATION_FAILED');
});

test('a number that many have finds all of them, page by page in order', async () => {
  const { organizationId, members } = await makeOrganization(api.database);
  const people = Array.from({ length: 230 }, (_, index) => ({
    organizationId,
    name: `Person ${String((index * 7) % 230).padStart(3, '0')}`,
    birthDate: new Date('1990-01-01'),
    phone: `+92 ${String(index).padStart(4, '0')} 4567`,
  }));
  // Half of them from before numbers were encrypted.
  await api.database.prisma.patient.createMany({ data: people.filter((_person, index) => index % 2 === 0) });
  const desk = await api.signIn(members.receptionist);
  for (const { organizationId: _own, ...person } of people.filter((_person, index) => index % 2 === 1)) {
    await desk.call(create, { body: { ...person, birthDate: '1990-01-01' } });
  }
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { name: string }[]; nextCursor: string | null } = await desk.call(list, {
      query: { q: '4567', limit: 100, ...(cursor === null ? {} : { cursor }) },
    });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(names).toEqual(people.map(({ name }) => name).sort());
});

test('a patient reads their own record and nobody else’s; the try is on record', async () => {
  const patient = await api.signIn(clinic.members.patient);
  expect((await patient.call(get, { params: { patientId: clinic.patientId } })).id).toBe(clinic.patientId);
  const problem = await patient.refused(get, { params: { patientId: clinic.otherPatientId } });
  expect(problem.code).toBe('NOT_FOUND');
  expect(await lastAudit()).toMatchObject({
    action: 'patient.read',
    outcome: 'denied',
    patientId: clinic.otherPatientId,
  });
});

test('another organization’s patients do not exist, by id or by search', async () => {
  const doctor = await api.signIn(clinic.members.doctor);
  const problem = await doctor.refused(get, { params: { patientId: foreign.patientId } });
  expect(problem.code).toBe('NOT_FOUND');
  const { items } = await doctor.call(list, { query: { q: foreign.members.patient.name } });
  expect(items).toEqual([]);
});

test('every answer of a search names whose records were shown', async () => {
  const doctor = await api.signIn(clinic.members.doctor);
  const { items } = await doctor.call(list);
  const audit = await lastAudit();
  expect(audit).toMatchObject({
    action: 'patient.search',
    detail: { patientIds: items.map(({ id }) => id) },
  });
  expect(JSON.stringify(audit)).not.toContain(items[0]?.name);
});

test('clinical text is ciphertext in the table and text in the answer', async () => {
  const note = 'Penicillin: rash in 2009';
  const { organizationId, patientId } = clinic;
  const row = { organizationId, id: patientId };
  const stored = api.cipher.encrypt('patient.allergies_note', row, note);
  await api.database.prisma.patient.update({ where: { id: patientId }, data: { allergiesNote: stored } });
  const patient = await api.signIn(clinic.members.patient);
  expect((await patient.call(get, { params: { patientId } })).allergiesNote).toBe(note);
  // The same ciphertext in another organization's row does not open, and does not pass for no allergies.
  await api.database.prisma.patient.update({
    where: { id: foreign.patientId },
    data: { allergiesNote: stored },
  });
  const stranger = await api.signIn(foreign.members.patient);
  const moved = await stranger.call(get, { params: { patientId: foreign.patientId } });
  expect(moved.allergiesNote).toBe(UNREADABLE_TEXT);
});
