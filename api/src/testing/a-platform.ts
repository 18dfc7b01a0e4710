import { randomBytes, randomUUID } from 'node:crypto';
import type { OrganizationId, UserId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { testPasswordHash, type ClinicMember } from './a-clinic.ts';
import type { TestApi } from './test-api.ts';
import type { TestClient } from './test-client.ts';

/** The organization of those who run the platform, made where there is none. */
export async function makePlatform({ prisma }: Pick<Database, 'prisma'>): Promise<OrganizationId> {
  const { id } =
    (await prisma.organization.findFirst({ where: { kind: 'platform' } })) ??
    (await prisma.organization.create({
      data: {
        slug: 'platform',
        name: 'The platform',
        timeZone: 'UTC',
        kind: 'platform',
        idleTimeoutMinutes: 720,
      },
    }));
  return id as OrganizationId;
}

/** Somebody new who runs the platform. */
export async function makePlatformAdministrator({ prisma }: Pick<Database, 'prisma'>): Promise<ClinicMember> {
  const organizationId = await makePlatform({ prisma });
  const tag = randomUUID().slice(0, 8);
  const [email, name, role] = [
    `platform-${tag}@platform.example`,
    `Platform ${tag}`,
    'platformAdmin',
  ] as const;
  const { id } = await prisma.user.create({
    data: {
      name,
      email,
      passwordHash: await testPasswordHash(),
      memberships: { create: { organizationId, role } },
    },
  });
  return { userId: id as UserId, email, name, role };
}

/** Signed in, and with a passkey since: without a second factor nothing is open to them. */
export async function signInToPlatform(
  api: Pick<TestApi, 'database' | 'signIn'>,
  member: ClinicMember,
): Promise<TestClient> {
  const client = await api.signIn(member);
  await api.database.prisma.passkey.create({
    data: {
      userId: member.userId,
      credentialId: randomBytes(16),
      publicKey: randomBytes(16),
      signCount: 0,
      transports: [],
      deviceType: 'multiDevice',
      isBackedUp: true,
      name: 'A passkey',
    },
  });
  return client;
}
