import { endpoints, type EndpointQuery } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic, type ClinicMember } from '../../testing/a-clinic.ts';
import { takeIntoCare } from '../../testing/take-into-care.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { list, exportTable, exportFhir, mine } = endpoints.audit;
const { get, list: search } = endpoints.patients;

let api: TestApi;
let clinic: Clinic;
let foreign: Clinic;
let [admin, doctor, desk, patient]: TestClient[] = [];

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  foreign = await makeOrganization(api.database);
  await takeIntoCare(api.database, clinic);
  const { members } = clinic;
  [admin, doctor, desk, patient] = await Promise.all(
    [members.admin, members.doctor, members.receptionist, members.patient].map((member) =>
      api.signIn(member),
    ),
  );
});
afterAll(() => api.close());

const as = (client: TestClient | undefined): TestClient => client ?? expect.unreachable();
const read = (client: TestClient | undefined, patientId = clinic.patientId) =>
  as(client).call(get, { params: { patientId } });
const trail = async (query: Partial<EndpointQuery<typeof list>>) =>
  (await as(admin).call(list, { query: { limit: 100, ...query } })).items;
const rowBy = ({ userId }: ClinicMember, about: object) =>
  api.database.prisma.auditEvent.create({
    data: {
      ...{ organizationId: clinic.organizationId, actorUserId: userId, actorRole: 'doctor', requestId: 'r' },
      ...{ action: 'patient.read', entityType: 'patient', at: api.clock.now() },
      ...about,
    },
  });

test('an administrator finds who did what, before and after it is sealed', async () => {
  await read(doctor);
  await read(desk, clinic.otherPatientId);
  await as(patient).refused(get, { params: { patientId: clinic.otherPatientId } });
  for (const seal of [async () => 0, () => api.seal()]) {
    await seal();
    const found = await trail({ action: 'patient.read' });
    expect(found.map(({ actor, outcome }) => [actor.role, outcome])).toEqual([
      ['patient', 'denied'],
      ['receptionist', 'success'],
      ['doctor', 'success'],
    ]);
    expect(found.at(-1)).toMatchObject({
      actor: { userId: clinic.members.doctor.userId, name: `Dr ${clinic.members.doctor.name}` },
      patient: { id: clinic.patientId, name: clinic.members.patient.name },
    });
    const only = async (query: Parameters<typeof trail>[0]) =>
      (await trail({ action: 'patient.read', ...query })).map(({ actor }) => actor.role);
    const tag = clinic.members.doctor.name.split(' ')[1] ?? '';
    expect(await only({ person: `${tag} dr` })).toEqual(['doctor']);
    expect(await only({ person: 'nobody' })).toEqual([]);
    expect(await only({ personId: clinic.members.receptionist.userId })).toEqual(['receptionist']);
    expect(await only({ patient: 'Other', person: 'recep' })).toEqual(['receptionist']);
    expect(await only({ patientId: clinic.patientId })).toEqual(['doctor']);
    expect(await only({ outcome: 'denied' })).toEqual(['patient']);
    expect(await only({ from: '2026-11-23', to: '2026-11-23' })).toHaveLength(3);
    expect(await only({ to: '2026-11-22' })).toEqual([]);
  }
});

test('whoever was only shown in a list is found too', async () => {
  await as(desk).call(search, { query: { q: 'Other' } });
  for (const seal of [async () => 0, () => api.seal()]) {
    await seal();
    const [found] = await trail({ patientId: clinic.otherPatientId, action: 'patient.search' });
    expect(found).toMatchObject({ actor: { role: 'receptionist' }, patient: null, shownPatients: 1 });
  }
});

test('every search leaves a row, with whom it has shown and without what was typed', async () => {
  await trail({ patient: 'Other', action: 'patient.read' });
  const row = await api.database.prisma.auditEvent.findFirst({ orderBy: { id: 'desc' } });
  expect(row).toMatchObject({
    action: 'audit.search',
    actorUserId: clinic.members.admin.userId,
    detail: { action: 'patient.read', count: 2, patientIds: [clinic.otherPatientId] },
  });
  expect(JSON.stringify(row)).not.toContain('Other');
});

test('pages follow one another without a gap or a repeat, sealed and not', async () => {
  const requestId = 'paged';
  for (let index = 0; index < 7; index += 1) {
    await rowBy(clinic.members.pharmacist, { requestId });
    if (index === 3) await api.seal();
  }
  const personId = clinic.members.pharmacist.userId;
  const whole = (await trail({ personId })).map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const query: EndpointQuery<typeof list> = { limit: 2, personId, ...(cursor === null ? {} : { cursor }) };
    const page: { items: { id: string }[]; nextCursor: string | null } = await as(admin).call(list, {
      query,
    });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(whole).toHaveLength(7);
  expect(paged).toEqual(whole);
});

test('the exports hold the same rows, escaped, and leave rows themselves', async () => {
  await rowBy(clinic.members.doctor, { action: 'visit.start', detail: { reason: '=1+1', patientIds: [] } });
  const query = { action: 'visit.start' as const };
  const table = await as(admin).call(exportTable, { query });
  expect(table.split('\r\n')).toHaveLength(3);
  expect(table).toContain(`,"'=1+1",`.replaceAll('"', ''));
  const lines = (await as(admin).call(exportFhir, { query })).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { resourceType: 'AuditEvent', agent: [{}, {}, { purposeOfUse: [{ text: '=1+1' }] }] },
  ]);
  expect(await trail({ action: 'audit.export' })).toHaveLength(2);
});

test('a name that fits too many people is refused rather than cut off', async () => {
  const data = Array.from({ length: 201 }, () => ({
    organizationId: clinic.organizationId,
    name: 'Fatima Many',
    birthDate: new Date('1990-01-01'),
  }));
  await api.database.prisma.patient.createMany({ data });
  const problem = await as(admin).refused(list, { query: { limit: 25, patient: 'fatima many' } });
  expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: 'patient' }] });
});

test('another organization’s trail is not there', async () => {
  const stranger = await api.signIn(foreign.members.admin);
  const { items } = await stranger.call(list, { query: { limit: 100 } });
  expect(items.every(({ actor }) => actor.userId === foreign.members.admin.userId)).toBe(true);
  const about = await stranger.call(list, { query: { limit: 100, patientId: clinic.patientId } });
  expect(about.items).toEqual([]);
});

test('a patient sees who opened their record, lists once a person and day, and nothing that was refused', async () => {
  const { organizationId, members, patientId, otherPatientId } = await makeOrganization(api.database);
  const me = await api.signIn(members.patient);
  const by = (member: ClinicMember, about: object) =>
    rowBy(member, { organizationId, actorRole: member.role, ...about });
  const listed = {
    action: 'queue.read',
    entityType: 'practitioner',
    detail: { patientIds: [patientId, otherPatientId] },
  };
  for (let look = 0; look < 30; look += 1) await by(members.receptionist, listed);
  await by(members.doctor, { patientId, detail: { reason: 'A colleague asked' } });
  await by(members.doctor, { patientId, outcome: 'denied' });
  await by(members.doctor, { patientId: otherPatientId });
  await api.seal();
  await by(members.receptionist, { ...listed, action: 'visit.list' });
  await by(members.doctor, { ...listed, at: new Date(api.clock.now().getTime() - 86_400_000) });

  const { items } = await me.call(mine, { query: { limit: 25 } });
  expect(items.map(({ who, action, day, count, reason }) => [who.role, action, day, count, reason])).toEqual(
    expect.arrayContaining([
      ['receptionist', 'listed', '2026-11-23', 31, null],
      ['doctor', 'patient.read', '2026-11-23', 1, 'A colleague asked'],
      ['doctor', 'listed', '2026-11-22', 1, null],
    ]),
  );
  expect(items).toHaveLength(3);
  expect(items.at(-1)?.who).toEqual({
    userId: members.doctor.userId,
    name: `Dr ${members.doctor.name}`,
    relationship: null,
    role: 'doctor',
    isYou: false,
  });
  const paged: typeof items = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: typeof items; nextCursor: string | null } = await me.call(mine, {
      query: { limit: 1, ...(cursor === '' ? {} : { cursor }) },
    });
    paged.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(items);
  const own = await me.call(mine, { query: { limit: 25, own: 'shown' } });
  expect(own.items.filter(({ who }) => who.isYou).map(({ action }) => action)).toContain('audit.readOwn');
});
