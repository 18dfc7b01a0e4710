import { randomUUID } from 'node:crypto';
import {
  CLINIC_ROLES,
  type ClinicRole,
  type OrganizationId,
  type PatientId,
  type PractitionerId,
  type Role,
  type UserId,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { passwords } from '../features/auth/passwords.ts';
import { OPEN_ALL_DAY } from './open-all-day.ts';

export const TEST_PASSWORD = 'quiet-orchard-seven';

export interface ClinicMember {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface Clinic {
  readonly organizationId: OrganizationId;
  readonly timeZone: string;
  readonly members: Readonly<Record<ClinicRole, ClinicMember>>;
  readonly practitionerId: PractitionerId;
  readonly walkInSlug: string;
  /** The signed-in patient's own record. */
  readonly patientId: PatientId;
  /** Somebody who was registered at the desk and has no account. */
  readonly otherPatientId: PatientId;
}

/** Most tests are about something else than signing in, and move the clock by hours. */
const RELAXED = { staffSecondFactor: 'optional', idleTimeoutMinutes: 720 } as const;

/** A whole organization: one person in each role, a doctor who works round the clock, two patients. */
export async function makeOrganization(
  { prisma }: Pick<Database, 'prisma'>,
  timeZone = 'Asia/Karachi',
): Promise<Clinic> {
  const tag = randomUUID().slice(0, 8);
  const { id: organizationId } = await prisma.organization.create({
    data: { slug: `clinic-${tag}`, name: `Clinic ${tag}`, timeZone, ...RELAXED },
  });
  const passwordHash = await testPasswordHash();
  const made = await Promise.all(
    CLINIC_ROLES.map((role) => makeMember(prisma, { organizationId, role, tag, passwordHash })),
  );
  const members = Object.fromEntries(made.map((member) => [member.role, member])) as Record<
    ClinicRole,
    ClinicMember
  >;
  const walkInSlug = `doctor-${tag}`;
  const { id: practitionerId } = await prisma.practitioner.create({
    data: {
      organizationId,
      userId: members.doctor.userId,
      name: `Dr ${members.doctor.name}`,
      specialty: 'General practice',
      languages: ['en', 'ur'],
      bio: 'Looks after whole families.',
      walkInSlug,
      isWalkInOpen: true,
      timeZone,
      rules: { create: OPEN_ALL_DAY },
    },
  });
  const birthDate = new Date('1956-03-04');
  const patient = await prisma.patient.create({
    data: { organizationId, userId: members.patient.userId, name: members.patient.name, birthDate },
  });
  const other = await prisma.patient.create({ data: { organizationId, name: `Other ${tag}`, birthDate } });
  return {
    organizationId: organizationId as OrganizationId,
    timeZone,
    members,
    practitionerId: practitionerId as PractitionerId,
    walkInSlug,
    patientId: patient.id as PatientId,
    otherPatientId: other.id as PatientId,
  };
}

async function makeMember(
  prisma: Database['prisma'],
  {
    organizationId,
    role,
    tag,
    passwordHash,
  }: { organizationId: string; role: Role; tag: string; passwordHash: string },
): Promise<ClinicMember> {
  const email = `${role}-${tag}@clinic.example`;
  const name = `${role[0]?.toUpperCase()}${role.slice(1)} ${tag}`;
  const { id } = await prisma.user.create({
    data: { name, email, passwordHash, memberships: { create: { organizationId, role } } },
  });
  return { userId: id as UserId, email, name, role };
}

/** One real hash for everybody: argon2id is slow on purpose. */
let hashed: Promise<string> | null = null;
export function testPasswordHash(): Promise<string> {
  hashed ??= passwords.hash(TEST_PASSWORD);
  return hashed;
}
