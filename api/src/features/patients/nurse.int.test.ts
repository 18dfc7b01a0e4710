import { endpoints, type PractitionerId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeDepartment, type TestDepartment } from '../../testing/a-department.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startChartScene, type ChartScene } from '../emergency-access/testing/a-chart-scene.ts';

const { patients, visits, appointments } = endpoints;

let scene: ChartScene;
let nurse: TestClient;
/** Where the doctor of the scene works, and where a stranger does. */
let [hers, elsewhere]: (TestDepartment | undefined)[] = [];

beforeAll(async () => {
  scene = await startChartScene(inject('postgresUrl'));
  const { api, clinic } = scene;
  hers = await workplaceOf(clinic.practitionerId);
  elsewhere = await workplaceOf((await scene.aStranger()).practitionerId);
  nurse = await api.signIn(clinic.members.nurse);
});
afterAll(() => scene.close());

async function workplaceOf(id: PractitionerId): Promise<TestDepartment> {
  const { api, clinic } = scene;
  const place = await makeDepartment(api.database, clinic.organizationId);
  const { departmentId } = place;
  await api.database.prisma.practitioner.updateMany({ where: { id }, data: { departmentId } });
  return place;
}

/** As an administrator would, but for whom it signs out. */
async function keepTo(place: TestDepartment | undefined): Promise<void> {
  const { organizationId, members } = scene.clinic;
  const member = { organizationId, userId: members.nurse.userId };
  const { membershipArea } = scene.api.database.prisma;
  await membershipArea.deleteMany({ where: member });
  if (place) await membershipArea.create({ data: { ...member, departmentId: place.departmentId } });
  // From here on no node believes what it knew.
  scene.api.clock.advance(5_000);
}

const chart = () => ({ params: { patientId: scene.clinic.patientId } });

test('a nurse reads the record of whoever has something booked with a doctor of hers, and of nobody else', async () => {
  expect((await nurse.refused(patients.get, chart())).code).toBe('FORBIDDEN');
  const { id: appointmentId, visitId } = await scene.book();
  await nurse.call(patients.get, chart());
  expect(await nurse.call(patients.identify, chart())).toMatchObject({ isInCare: true });
  expect((await nurse.call(visits.list)).items.map(({ id }) => id)).toEqual([visitId]);

  await keepTo(elsewhere);
  expect((await nurse.refused(patients.get, chart())).code).toBe('FORBIDDEN');
  expect((await nurse.refused(visits.record, { params: { visitId } })).code).toBe('VISIT_NOT_FOUND');
  expect((await nurse.call(appointments.list)).items).toEqual([]);
  const [denied] = await scene.api.database.prisma.auditEvent.findMany({
    where: { actorUserId: scene.clinic.members.nurse.userId, entityType: 'patient', outcome: 'denied' },
    orderBy: { id: 'desc' },
  });
  expect(denied).toMatchObject({ action: 'patient.read', patientId: scene.clinic.patientId });

  await keepTo(hers);
  await nurse.call(patients.get, chart());
  expect((await nurse.call(appointments.list)).items.map(({ id }) => id)).toEqual([appointmentId]);

  await scene.desk.call(appointments.cancel, { params: { appointmentId } });
  expect((await nurse.refused(patients.get, chart())).code).toBe('FORBIDDEN');
  await keepTo(undefined);
});

test('a nurse watches the waiting rooms of her doctors, also live, and moves nobody', async () => {
  const { visitId } = await scene.book();
  await scene.checkIn(visitId);
  const { organizationId, practitionerId, members } = scene.clinic;
  const room = { query: { practitionerId } };
  const live = () =>
    scene.api.asSignaling(internalApiEndpoints.queue, {
      params: { organizationId, practitionerId },
      query: { userId: members.nurse.userId, role: 'nurse' },
    });
  await keepTo(hers);
  expect((await nurse.call(visits.today, room)).entries).toMatchObject([{ visitId, state: 'waiting' }]);
  expect((await live()).entries).toHaveLength(1);
  await keepTo(elsewhere);
  expect((await nurse.refused(visits.today, room)).code).toBe('NOT_FOUND');
  await expect(live()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await keepTo(undefined);
  for (const command of [visits.start, visits.cancel, visits.end]) {
    expect((await nurse.refused(command, { params: { visitId } })).code).toBe('FORBIDDEN');
  }
});

test('a nurse registers whoever is new, and finds everybody by no more than name and birth date', async () => {
  const body = { name: 'Zubeida Khatoon', birthDate: '1961-05-06', phone: '0300 1234567' };
  const { id } = await nurse.call(patients.create, { body });
  const found = { id, isInCare: false, phone: null, email: null, gender: null };
  expect((await nurse.call(patients.list, { query: { q: 'zubeida' } })).items).toMatchObject([found]);
  // A number tells whose it is.
  expect((await nurse.call(patients.list, { query: { q: '1234567' } })).items).toEqual([]);
});

test('a nurse is staff: the second step that the organization asks for is asked of her', async () => {
  const { prisma } = scene.api.database;
  const where = { id: scene.clinic.organizationId };
  await prisma.organization.updateMany({ where, data: { staffSecondFactor: 'required' } });
  scene.api.clock.advance(5_000);
  expect((await nurse.refused(visits.list)).code).toBe('SECOND_FACTOR_NEEDED');
  await prisma.organization.updateMany({ where, data: { staffSecondFactor: 'optional' } });
});
