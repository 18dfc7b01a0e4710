import { randomUUID } from 'node:crypto';
import type { PractitionerId } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../testing/a-clinic.ts';
import { makeDepartment, type TestDepartment } from '../testing/a-department.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { involvementOf, isInvolved } from './involvement.ts';
import { isWithinReach } from './reach.ts';
import { createReachRepository } from './reach.repository.ts';

/** Two departments in the first location, one in the second; all by their place in these lists. */
const DEPARTMENTS = [0, 1, 2];
const LOCATIONS = [0, 1];
const LOCATION_OF = [0, 0, 1] as const;
/** Where each of the doctors works; two in no department. */
const DOCTORS = [0, 0, 1, 2, null, null] as const;

let api: TestApi;
let clinic: Clinic;
let places: TestDepartment[];
let doctors: PractitionerId[];

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  const { organizationId } = clinic;
  const first = await makeDepartment(api.database, organizationId);
  places = [
    first,
    await makeDepartment(api.database, organizationId, first.locationId),
    await makeDepartment(api.database, organizationId),
  ];
  doctors = [];
  for (const place of DOCTORS) doctors.push(await makeDoctor(place));
});
afterAll(() => api.close());

async function makeDoctor(place: (typeof DOCTORS)[number]): Promise<PractitionerId> {
  const { organizationId, timeZone } = clinic;
  const tag = randomUUID();
  const { prisma } = api.database;
  const { id: userId } = await prisma.user.create({
    data: {
      name: tag,
      email: `${tag}@clinic.example`,
      memberships: { create: { organizationId, role: 'doctor' } },
    },
  });
  const departmentId = place === null ? null : (places[place]?.departmentId ?? null);
  const practice = {
    organizationId,
    userId,
    name: tag,
    specialty: 'Any',
    bio: '',
    walkInSlug: tag,
    timeZone,
  };
  return (await prisma.practitioner.create({ data: { ...practice, departmentId } })).id as PractitionerId;
}

const idsOf = (somewhere: readonly number[]) =>
  somewhere.flatMap((index) => places[index]?.departmentId ?? []);
/** The third department is the only one of the second location. */
const sitesOf = (sites: readonly number[]) => sites.flatMap((index) => places[index * 2]?.locationId ?? []);

async function keepTo(departments: readonly number[], locations: readonly number[]): Promise<void> {
  const member = { organizationId: clinic.organizationId, userId: clinic.members.receptionist.userId };
  const { membershipArea } = api.database.prisma;
  await membershipArea.deleteMany({ where: member });
  await membershipArea.createMany({
    data: [
      ...idsOf(departments).map((departmentId) => ({ ...member, departmentId })),
      ...sitesOf(locations).map((locationId) => ({ ...member, locationId })),
    ],
  });
}

/** Where somebody works who is kept to these, in plain words. */
function isThere(place: (typeof DOCTORS)[number], departments: number[], locations: number[]): boolean {
  if (departments.length + locations.length === 0) return true;
  return place !== null && (departments.includes(place) || locations.includes(LOCATION_OF[place]));
}

test('whatever somebody is kept to, the database finds the doctors there, and rows and lists agree', async () => {
  const { organizationId, members, patientId } = clinic;
  const reaches = createReachRepository(api.database);
  for (const departments of subsetsOf(DEPARTMENTS)) {
    for (const locations of subsetsOf(LOCATIONS)) {
      await keepTo(departments, locations);
      const reach = await reaches.find(organizationId, members.receptionist.userId);
      const desk = { role: 'receptionist', patientId: null, practitionerId: null, reach } as const;
      const expected = doctors.filter((_, index) => isThere(DOCTORS[index] ?? null, departments, locations));
      const isTheirs = (id: PractitionerId) =>
        isInvolved(desk, { patient: { id: patientId }, practitioner: { id } });
      expect(doctors.filter((id) => isWithinReach(reach, id))).toEqual(expected);
      expect(doctors.filter(isTheirs)).toEqual(expected);
      const { practitionerId: listed = {} } = involvementOf(desk) ?? {};
      const rows = await api.database.prisma.practitioner.findMany({
        where: { organizationId, AND: [{ id: listed }, { id: { in: doctors } }] },
      });
      expect(rows.map(({ id }) => id).sort()).toEqual(expected.toSorted());
    }
  }
});

test('of an administrator and a doctor areas say nothing, and whoever has gone reaches nobody', async () => {
  const reaches = createReachRepository(api.database);
  const { organizationId, members } = clinic;
  const { prisma } = api.database;
  const [departmentId] = idsOf([0]);
  for (const role of ['admin', 'doctor', 'pharmacist'] as const) {
    const { userId } = members[role];
    await prisma.membershipArea.create({
      data: { organizationId, userId, departmentId: departmentId ?? null },
    });
    expect(await reaches.find(organizationId, userId)).toBeNull();
  }
  const { userId } = members.receptionist;
  await keepTo([0], []);
  await prisma.membership.updateMany({ where: { organizationId, userId }, data: { status: 'suspended' } });
  expect(await reaches.find(organizationId, userId)).toEqual([]);
});

function subsetsOf(all: readonly number[]): number[][] {
  return all.reduce<number[][]>(
    (subsets, one) => [...subsets, ...subsets.map((some) => [...some, one])],
    [[]],
  );
}
