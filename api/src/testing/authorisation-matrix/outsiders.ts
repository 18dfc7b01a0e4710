import { CLINIC_ROLES, listEndpoints, Role } from '@careconnect/contracts';
import { makeOrganization, testPasswordHash } from '../a-clinic.ts';
import { makePlatform } from '../a-platform.ts';
import type { TestApi } from '../test-api.ts';
import type { TestClient } from '../test-client.ts';
import { ask } from './ask.ts';
import { EXPECTATIONS } from './expectations.ts';
import type { MatrixCase } from './matrix-case.ts';
import { REQUESTS, type EndpointId } from './requests.ts';
import type { World } from './world.ts';

/** Whoever was let in once and is so no longer. */
const STANDINGS = ['suspended', 'expired', 'ofSuspended'] as const;
type Standing = (typeof STANDINGS)[number];

interface Outsider {
  readonly name: string;
  readonly client: TestClient;
}

/**
 * Every endpoint, asked by somebody of each role who was suspended, whose session has run out, or whose organization is
 * suspended: as by a stranger.
 */
export async function runOutsiders(api: TestApi, world: World): Promise<MatrixCase[]> {
  const outsiders = await Promise.all(
    STANDINGS.flatMap((standing) =>
      // The platform itself is never suspended.
      (standing === 'ofSuspended' ? CLINIC_ROLES : Role.options).map((role) =>
        makeOutsider(api, world, standing, role),
      ),
    ),
  );
  const cases: MatrixCase[] = [];
  for (const registered of listEndpoints()) {
    const { anonymous: expected } = EXPECTATIONS[registered.id as EndpointId];
    const { state = 'scheduled', make } = REQUESTS[registered.id as EndpointId];
    const target = await world.freshTarget('own', state);
    for (const { name, client } of outsiders) {
      const answer = await ask(client.copy(), registered, make(target, world.clinic));
      const isShown = JSON.stringify(answer.body ?? '').includes(target.patientName);
      cases.push({
        name: `${registered.id} as ${name}`,
        expected,
        actual: answer.status,
        leaked: isShown ? target.patientName : null,
      });
    }
  }
  return cases;
}

async function makeOutsider(api: TestApi, world: World, standing: Standing, role: Role): Promise<Outsider> {
  const { prisma } = api.database;
  const organizationId = await organizationOf(api, world, standing, role);
  const email = `${standing}-${role}-${organizationId}@clinic.example`;
  const { id: userId } = await prisma.user.create({
    data: {
      name: `${standing} ${role}`,
      email,
      passwordHash: await testPasswordHash(),
      memberships: { create: { organizationId, role } },
    },
  });
  const client = await api.signIn({ email });
  if (standing === 'ofSuspended') {
    await prisma.organization.update({
      where: { id: organizationId },
      data: { suspendedAt: api.clock.now(), suspensionReason: 'A reason' },
    });
  } else if (standing === 'suspended') {
    await prisma.membership.updateMany({ where: { userId }, data: { status: 'suspended' } });
  } else {
    await prisma.session.updateMany({ where: { userId }, data: { expiresAt: api.clock.now() } });
  }
  return { name: `${standing} ${role}`, client };
}

async function organizationOf(
  { database }: TestApi,
  { clinic }: World,
  standing: Standing,
  role: Role,
): Promise<string> {
  if (role === 'platformAdmin') return makePlatform(database);
  return standing === 'ofSuspended'
    ? (await makeOrganization(database)).organizationId
    : clinic.organizationId;
}
