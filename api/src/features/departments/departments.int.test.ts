import { endpoints, type DepartmentId, type LocationId, type PractitionerId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { add, addLocation, change, changeLocation, list, remove, removeLocation } = endpoints.departments;

let api: TestApi;
let clinic: Clinic;
let admin: TestClient;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
});
afterAll(() => api.close());

const HOUSE = { name: 'Main house', address: 'Street 1' };
const nobody: PractitionerId[] = [];

async function makeHouse(name = HOUSE.name): Promise<LocationId> {
  await admin.call(addLocation, { body: { ...HOUSE, name } });
  const { locations } = await admin.call(list);
  return locations.find((one) => one.name === name)?.id ?? expect.unreachable();
}

async function makeDepartment(
  name: string,
  practitionerIds = nobody,
  at?: LocationId,
): Promise<DepartmentId> {
  const locationId = at ?? (await makeHouse(`House of ${name}`));
  await admin.call(add, { params: { locationId }, body: { name, practitionerIds } });
  const { locations } = await admin.call(list);
  const all = locations.flatMap(({ departments }) => departments);
  return all.find((one) => one.name === name)?.id ?? expect.unreachable();
}

test('a doctor works where an administrator puts them, and in one department at a time', async () => {
  const { practitionerId } = clinic;
  expect((await admin.call(list)).withoutDepartment.map(({ id }) => id)).toEqual([practitionerId]);
  const eyes = await makeDepartment('Eyes', [practitionerId]);
  const ears = await makeDepartment('Ears', [practitionerId]);
  const doctorsOf = async () => {
    const { locations } = await admin.call(list);
    const all = locations.flatMap(({ departments }) => departments);
    return Object.fromEntries(all.map(({ id, doctors }) => [id, doctors.map((one) => one.id)]));
  };
  expect(await doctorsOf()).toEqual({ [eyes]: [], [ears]: [practitionerId] });
  const body = { name: 'Ears and noses', practitionerIds: nobody };
  await admin.call(change, { params: { departmentId: ears }, body });
  expect((await admin.call(list)).withoutDepartment.map(({ id }) => id)).toEqual([practitionerId]);
});

test('who is kept to a department sees the doctor who comes there', async () => {
  const { practitionerId, organizationId, members } = clinic;
  const eyes = await makeDepartment('Eyes');
  const { userId } = members.receptionist;
  await api.database.prisma.membershipArea.create({
    data: { organizationId, userId, departmentId: eyes },
  });
  const desk = await api.signIn(members.receptionist);
  const seen = async () => (await desk.call(endpoints.providers.list)).items.map(({ id }) => id);
  expect(await seen()).toEqual([]);
  const body = { name: 'Eyes', practitionerIds: [practitionerId] };
  await admin.call(change, { params: { departmentId: eyes }, body });
  api.clock.advance(6_000);
  expect(await seen()).toEqual([practitionerId]);
});

test('names are taken once, and what is in use is not removed', async () => {
  const house = await makeHouse();
  const codeOf = async (refusal: Promise<{ code: string }>) => (await refusal).code;
  expect(await codeOf(admin.refused(addLocation, { body: HOUSE }))).toBe('CONFLICT');
  const eyes = await makeDepartment('Eyes', [clinic.practitionerId], house);
  const ears = await makeDepartment('Ears', nobody, house);
  const same = { params: { departmentId: ears }, body: { name: 'Eyes', practitionerIds: nobody } };
  expect(await codeOf(admin.refused(change, same))).toBe('CONFLICT');
  expect(await codeOf(admin.refused(removeLocation, { params: { locationId: house } }))).toBe('CONFLICT');
  expect(await codeOf(admin.refused(remove, { params: { departmentId: eyes } }))).toBe('CONFLICT');
  await admin.call(change, {
    params: { departmentId: eyes },
    body: { name: 'Eyes', practitionerIds: nobody },
  });
  for (const departmentId of [eyes, ears]) await admin.call(remove, { params: { departmentId } });
  await admin.call(changeLocation, { params: { locationId: house }, body: { ...HOUSE, name: 'Old house' } });
  await admin.call(removeLocation, { params: { locationId: house } });
  expect((await admin.call(list)).locations).toEqual([]);
  const where = { organizationId: clinic.organizationId, action: 'organization.changeDepartments' };
  expect(await api.database.prisma.auditEvent.count({ where })).toBe(8);
});

test('a doctor who has left stands in nobody’s way', async () => {
  const { organizationId, members, practitionerId } = clinic;
  const eyes = await makeDepartment('Eyes', [practitionerId]);
  const where = { organizationId, userId: members.doctor.userId };
  await api.database.prisma.membership.updateMany({ where, data: { status: 'removed' } });
  await admin.call(remove, { params: { departmentId: eyes } });
  const left = await api.database.prisma.practitioner.findFirstOrThrow({ where: { id: practitionerId } });
  expect(left.departmentId).toBeNull();
});

test('rows of another organization are not there, whichever of them is named', async () => {
  const foreign = await makeOrganization(api.database);
  const stranger = await api.signIn(foreign.members.admin);
  const house = await makeHouse();
  const eyes = await makeDepartment('Eyes', nobody, house);
  const body = { name: 'Mine', practitionerIds: nobody };
  for (const refusal of [
    stranger.refused(changeLocation, { params: { locationId: house }, body: HOUSE }),
    stranger.refused(removeLocation, { params: { locationId: house } }),
    stranger.refused(add, { params: { locationId: house }, body }),
    stranger.refused(change, { params: { departmentId: eyes }, body }),
    stranger.refused(remove, { params: { departmentId: eyes } }),
    admin.refused(change, {
      params: { departmentId: eyes },
      body: { name: 'Eyes', practitionerIds: [foreign.practitionerId] },
    }),
    admin.refused(remove, { params: { departmentId: randomUUID() } }),
  ]) {
    expect((await refusal).code).toBe('NOT_FOUND');
  }
  const practitioner = await api.database.prisma.practitioner.findFirstOrThrow({
    where: { id: foreign.practitionerId },
  });
  expect(practitioner.departmentId).toBeNull();
});
