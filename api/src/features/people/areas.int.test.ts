import { randomUUID } from 'node:crypto';
import { endpoints, type Areas, type Appointment, type MembershipId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ClinicMember } from '../../testing/a-clinic.ts';
import { makeDepartment, type TestDepartment } from '../../testing/a-department.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

const { setAreas } = endpoints.people;
/** As long as a session is believed without asking the database. */
const TRUST_MS = 5_000;

let scene: CareScene;
let admin: TestClient;
let appointment: Appointment;
/** Where the doctor of the scene works, and where nobody does. */
let hers: TestDepartment;
let other: TestDepartment;

beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
  const { api, clinic } = scene;
  const { organizationId, practitionerId: id, patientId } = clinic;
  hers = await makeDepartment(api.database, organizationId);
  other = await makeDepartment(api.database, organizationId);
  const { practitioner, patient } = api.database.prisma;
  await practitioner.updateMany({ where: { id }, data: { departmentId: hers.departmentId } });
  await patient.updateMany({ where: { id: patientId }, data: { gender: 'female' } });
  appointment = await scene.book();
});
afterAll(() => scene.close());

async function membershipOf({ userId }: ClinicMember): Promise<MembershipId> {
  const where = { userId, organizationId: scene.clinic.organizationId };
  return (await scene.api.database.prisma.membership.findFirstOrThrow({ where })).id as MembershipId;
}

const at = (...departments: TestDepartment[]): Areas => ({
  departmentIds: departments.map(({ departmentId }) => departmentId),
  locationIds: [],
});

async function keep(member: ClinicMember, body: Areas) {
  // Who decides has to have proved lately who they are.
  admin = await scene.api.signIn(scene.clinic.members.admin);
  return { params: { membershipId: await membershipOf(member) }, body };
}

async function deskAt(areas: Areas): Promise<TestClient> {
  const desk = scene.clinic.members.receptionist;
  const call = await keep(desk, areas);
  await admin.call(setAreas, call);
  return scene.api.signIn(desk);
}

const queueFor = (member: ClinicMember) => {
  const { organizationId, practitionerId } = scene.clinic;
  return scene.api.asSignaling(internalApiEndpoints.queue, {
    params: { organizationId, practitionerId },
    query: { userId: member.userId, role: member.role },
  });
};

describe('a desk that is kept to a department', () => {
  test('of others sees neither visits nor hours nor the waiting room, and books nobody there', async () => {
    const desk = await deskAt(at(other));
    const { appointments, providers, visits } = endpoints;
    const { practitionerId, patientId, members } = scene.clinic;
    const { id: appointmentId, visitId } = appointment;
    expect((await desk.call(providers.list)).items).toEqual([]);
    expect((await desk.call(visits.list)).items).toEqual([]);
    expect((await desk.call(appointments.list)).items).toEqual([]);
    const day = { from: '2026-11-23', to: '2026-11-23' };
    const start = { practitionerId, patientId, idempotencyKey: randomUUID() };
    const refusals = [
      await desk.refused(providers.get, { params: { providerId: practitionerId } }),
      await desk.refused(providers.availability, { params: { providerId: practitionerId }, query: day }),
      await desk.refused(appointments.get, { params: { appointmentId } }),
      await desk.refused(appointments.cancel, { params: { appointmentId } }),
      await desk.refused(appointments.create, { body: { ...start, startsAt: appointment.startsAt } }),
      await desk.refused(visits.today, { query: { practitionerId } }),
      await desk.refused(visits.create, { body: start }),
    ];
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'NOT_FOUND'));
    expect((await desk.refused(visits.get, { params: { visitId } })).code).toBe('VISIT_NOT_FOUND');
    expect((await desk.refused(visits.cancel, { params: { visitId } })).code).toBe('VISIT_NOT_FOUND');
    await expect(queueFor(members.receptionist)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await queueFor(members.doctor)).entries).toHaveLength(1);
  });

  test('finds every patient by name, so that nobody is registered twice, and opens the records of its own', async () => {
    const { patientId, members } = scene.clinic;
    const { get, list } = endpoints.patients;
    const search = { query: { q: members.patient.name } };
    const stranger = await deskAt(at(other));
    const [found] = (await stranger.call(list, search)).items;
    expect(found).toMatchObject({ id: patientId, isInCare: false, gender: null, phone: null, email: null });
    expect((await stranger.refused(get, { params: { patientId } })).code).toBe('FORBIDDEN');
    const colleague = await deskAt(at(other, hers));
    expect((await colleague.call(list, search)).items).toMatchObject([{ isInCare: true, gender: null }]);
    expect(await colleague.call(get, { params: { patientId } })).toMatchObject({ gender: 'female' });
    const whole = await deskAt(at());
    expect((await whole.call(list, search)).items).toMatchObject([{ isInCare: null, gender: 'female' }]);
  });

  test('has all of its own, and what comes to its location later comes to it while it is signed in', async () => {
    const desk = await deskAt({ departmentIds: [], locationIds: [other.locationId] });
    const { practitionerId: id } = scene.clinic;
    const listed = async () => (await desk.call(endpoints.visits.list)).items.map(({ id: visit }) => visit);
    expect(await listed()).toEqual([]);
    const added = await makeDepartment(scene.api.database, scene.clinic.organizationId, other.locationId);
    const { practitioner } = scene.api.database.prisma;
    await practitioner.updateMany({ where: { id }, data: { departmentId: added.departmentId } });
    scene.api.clock.advance(TRUST_MS);
    expect(await listed()).toEqual([appointment.visitId]);
    expect((await desk.call(endpoints.visits.today, { query: { practitionerId: id } })).entries).toHaveLength(
      1,
    );
    await practitioner.updateMany({ where: { id }, data: { departmentId: hers.departmentId } });
  });
});

test('a change signs them out at once, and is on record with who decided it', async () => {
  const desk = await deskAt(at());
  await desk.call(endpoints.visits.list);
  const call = await keep(scene.clinic.members.receptionist, at(hers));
  await admin.call(setAreas, call);
  expect((await desk.refused(endpoints.visits.list)).code).toBe('SESSION_EXPIRED');
  const entityId = call.params.membershipId;
  const where = { action: 'people.setAreas', entityId };
  const rows = await scene.api.database.prisma.auditEvent.findMany({ where, orderBy: { at: 'asc' } });
  expect(rows.at(-1)).toMatchObject({
    actorUserId: scene.clinic.members.admin.userId,
    detail: { departmentIds: [hers.departmentId], locationIds: [] },
  });
  // What is so already is no change.
  await admin.call(setAreas, call);
  expect(await scene.api.database.prisma.auditEvent.count({ where })).toBe(rows.length);
  const { items } = await admin.call(endpoints.people.list, { query: { role: 'receptionist' } });
  expect(items.map(({ areas }) => areas)).toEqual([at(hers)]);
});

test('nobody is kept to what is not there, and a doctor to nothing', async () => {
  const elsewhere = await makeDepartment(scene.api.database, scene.foreign.organizationId);
  const { receptionist, doctor } = scene.clinic.members;
  const before = await keep(receptionist, at(hers));
  await admin.call(setAreas, before);
  for (const areas of [at(hers, elsewhere), { departmentIds: [], locationIds: [elsewhere.locationId] }]) {
    const call = await keep(receptionist, areas);
    expect((await admin.refused(setAreas, call)).code).toBe('NOT_FOUND');
  }
  const { items } = await admin.call(endpoints.people.list, { query: { role: 'receptionist' } });
  expect(items.map(({ areas }) => areas)).toEqual([at(hers)]);
  const call = await keep(doctor, at(hers));
  expect((await admin.refused(setAreas, call)).code).toBe('CONFLICT');
});

test('administrators see their own departments, and no other organization’s', async () => {
  admin = await scene.api.signIn(scene.clinic.members.admin);
  const { locations } = await admin.call(endpoints.departments.list);
  const ids = locations.flatMap(({ departments }) => departments.map(({ id }) => id));
  expect(ids).toEqual(expect.arrayContaining([hers.departmentId, other.departmentId]));
  const foreign = await scene.api.signIn(scene.foreign.members.admin);
  const theirs = JSON.stringify(await foreign.call(endpoints.departments.list));
  expect(ids.some((id) => theirs.includes(id))).toBe(false);
});
