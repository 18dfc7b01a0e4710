import { randomUUID } from 'node:crypto';
import {
  ACTING_HEADER,
  listEndpoints,
  type ActingScope,
  type RegisteredEndpoint,
} from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask } from './authorisation-matrix/ask.ts';
import { EXPECTATIONS } from './authorisation-matrix/expectations.ts';
import { REQUESTS, type EndpointId } from './authorisation-matrix/requests.ts';
import { expectedFor } from './authorisation-matrix/run.ts';
import { makeWorld, type World } from './authorisation-matrix/world.ts';
import { startTestApi, type TestApi } from './test-api.ts';
import type { TestClient } from './test-client.ts';

const EVERYTHING: readonly ActingScope[] = ['visits', 'records', 'decisions'];

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  world = await makeWorld(api.database);
});
afterAll(() => api.close());

/** Whoever may act calls what the patient may call, where it is open to that, and nobody else calls anything. */
test.each([
  { who: 'a parent', relationship: 'MTH', status: 'active', scopes: EVERYTHING },
  { who: 'a carer for visits', relationship: 'FRND', status: 'active', scopes: ['visits'] },
  {
    who: 'a carer whose relation has ended',
    relationship: 'DAUC',
    status: 'ended',
    scopes: ['visits', 'records'],
  },
  { who: 'somebody who has asked', relationship: 'MTH', status: 'pending', scopes: [] },
  { who: 'a stranger', relationship: null, status: 'ended', scopes: [] },
] as const)('$who, in the name of a patient, at every endpoint for patients', async (person) => {
  const { patientId } = world.clinic;
  const client = await aNeighbour(person);
  const wrong: object[] = [];
  // To whom all is refused, what is refused to everybody who acts is nothing new.
  const asked = person.status === 'active' ? isForPatients : isForDependants;
  for (const registered of listEndpoints().filter(asked)) {
    const id = registered.id as EndpointId;
    const { state = 'scheduled', make } = REQUESTS[id];
    const target = await world.freshTarget('own', state);
    const scope = registered.endpoint.forDependants;
    const isOpen =
      person.status === 'active' &&
      scope !== undefined &&
      (person.scopes as readonly ActingScope[]).includes(scope);
    const expected = isOpen ? expectedFor(EXPECTATIONS[id], EXPECTATIONS[id].own, 'patient') : 403;
    const request = make(target, world.clinic);
    const { status, body } = await ask(client.copy(), registered, request, { [ACTING_HEADER]: patientId });
    const isShown = !isOpen && JSON.stringify(body ?? '').includes(target.patientName);
    if (status !== expected || isShown) wrong.push({ id, expected, status, isShown, body });
  }
  expect(wrong).toEqual([]);
});

test('a doctor acts for nobody', async () => {
  const client = await api.signIn(world.clinic.members.doctor);
  for (const one of listEndpoints().filter(isForDependants)) {
    const { state = 'scheduled', make } = REQUESTS[one.id as EndpointId];
    const target = await world.freshTarget('own', state);
    const request = make(target, world.clinic);
    const { status } = await ask(client, one, request, { [ACTING_HEADER]: world.clinic.patientId });
    expect(status, one.id).toBe(403);
  }
});

function isForPatients({ endpoint: { access } }: RegisteredEndpoint): boolean {
  return access.kind === 'roles' && access.roles.includes('patient');
}

function isForDependants({ endpoint: { forDependants } }: RegisteredEndpoint): boolean {
  return forDependants !== undefined;
}

interface Neighbour {
  readonly relationship: 'MTH' | 'FRND' | 'DAUC' | null;
  readonly status: 'pending' | 'active' | 'ended';
  readonly scopes: readonly ActingScope[];
}

async function aNeighbour({ relationship, status, scopes }: Neighbour): Promise<TestClient> {
  const { prisma } = api.database;
  const { organizationId, patientId, members } = world.clinic;
  const like = await prisma.user.findFirstOrThrow({ where: { id: members.patient.userId } });
  const email = `${randomUUID()}@home.example`;
  const { id: userId } = await prisma.user.create({
    data: {
      ...{ name: 'Neighbour', email, passwordHash: like.passwordHash },
      memberships: { create: { organizationId, role: 'patient' } },
    },
  });
  await prisma.patient.create({
    data: { organizationId, userId, name: 'Neighbour', birthDate: new Date('1990-01-01') },
  });
  const at = api.clock.now();
  const by = members.patient.userId;
  if (relationship !== null) {
    await prisma.relatedPerson.create({
      data: {
        ...{ organizationId, userId, patientId, relationship, status, scopes: [...scopes], requestedAt: at },
        ...(status !== 'pending' && { grantedAt: at, grantedByUserId: by }),
        ...(status === 'ended' && { endedAt: at, endedByUserId: by }),
      },
    });
  }
  return api.signIn({ email });
}
