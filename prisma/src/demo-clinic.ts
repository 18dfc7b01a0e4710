import { randomUUIDv7 } from 'node:crypto';
import { DEMO_ACCOUNTS, demoAccount } from './demo-accounts.ts';
import {
  DEMO_DEPARTMENTS,
  DEMO_DOCTORS,
  DEMO_PATIENTS,
  NURSES_DEPARTMENTS,
  type DemoDoctor,
} from './demo-people.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { PatientContacts } from './patient-contact.ts';
import type { Prisma } from './generated/client.ts';

export const DEMO_SLUG = 'rahma-clinic';
export const DEMO_TIME_ZONE = 'Asia/Karachi';

export interface DemoClinic {
  readonly organizationId: string;
  readonly doctors: ReadonlyMap<string, DemoDoctor & { readonly id: string; readonly userId: string }>;
  readonly patients: ReadonlyMap<
    string,
    { readonly id: string; readonly userId: string | null; readonly name: string }
  >;
}

export interface DemoDeps {
  readonly tx: Prisma.TransactionClient;
  readonly cipher: FieldCipher;
  readonly contacts: PatientContacts;
  readonly hashPassword: (password: string) => Promise<string>;
}

/** The organization with its people: those who sign in, the other doctors, the patients. */
export async function createDemoClinic(deps: DemoDeps): Promise<DemoClinic> {
  const { tx } = deps;
  const { id: organizationId } = await tx.organization.create({
    data: {
      slug: DEMO_SLUG,
      name: 'Rahma Clinic',
      timeZone: DEMO_TIME_ZONE,
      // Its passwords are published, so that people can look around; a second step would keep them out.
      staffSecondFactor: 'optional',
      registration: 'open',
    },
  });
  const userIds = await createAccounts(deps, organizationId);
  const departments = await createDepartments(tx, organizationId);
  await keepNurse(tx, { organizationId, userIds, departments });
  const doctors: DemoClinic['doctors'] = new Map(
    await inOrder(DEMO_DOCTORS, async (doctor) => {
      const userId = userIds.get(doctor.email) ?? (await createColleague(tx, organizationId, doctor));
      const id = await createPractitioner(tx, { organizationId, userId, departments, doctor });
      return [doctor.key, { ...doctor, id, userId }] as const;
    }),
  );
  return { organizationId, doctors, patients: await createPatients(deps, organizationId, userIds) };
}

async function createAccounts(
  { tx, hashPassword }: DemoDeps,
  organizationId: string,
): Promise<Map<string, string>> {
  const made = await inOrder(DEMO_ACCOUNTS, async ({ email, name, role, password }) => {
    const passwordHash = await hashPassword(password);
    const { id } = await tx.user.create({
      data: { email, name, passwordHash, memberships: { create: { organizationId, role } } },
    });
    return [email, id] as const;
  });
  return new Map(made);
}

async function createDepartments(
  tx: Prisma.TransactionClient,
  organizationId: string,
): Promise<Map<string, string>> {
  const location = await tx.location.create({
    data: { organizationId, name: 'Clifton', address: 'Khayaban-e-Rahma 12, Clifton, Karachi' },
  });
  const made = await inOrder(DEMO_DEPARTMENTS, async (name) => {
    const { id } = await tx.department.create({ data: { organizationId, locationId: location.id, name } });
    return [name, id] as const;
  });
  return new Map(made);
}

/** The nurse of the house works for two departments, so that the demo shows what that means. */
async function keepNurse(
  tx: Prisma.TransactionClient,
  { organizationId, userIds, departments }: NursesPlace,
): Promise<void> {
  const userId = userIds.get(demoAccount('nurse').email);
  const ids = NURSES_DEPARTMENTS.flatMap((name) => departments.get(name) ?? []);
  // Without one she would work for all.
  if (!userId || ids.length === 0) throw new Error('the nurse of the demo clinic has no department');
  await tx.membershipArea.createMany({
    data: ids.map((departmentId) => ({ organizationId, userId, departmentId })),
  });
}

interface NursesPlace {
  readonly organizationId: string;
  readonly userIds: ReadonlyMap<string, string>;
  readonly departments: ReadonlyMap<string, string>;
}

/** A doctor of the house whose account nobody signs in to. */
async function createColleague(
  tx: Prisma.TransactionClient,
  organizationId: string,
  { name, email }: DemoDoctor,
): Promise<string> {
  const { id } = await tx.user.create({
    data: {
      name: name.replace(/^Dr /, ''),
      email,
      memberships: { create: { organizationId, role: 'doctor' } },
    },
  });
  return id;
}

interface NewPractitioner {
  readonly organizationId: string;
  readonly userId: string;
  readonly departments: ReadonlyMap<string, string>;
  readonly doctor: DemoDoctor;
}

async function createPractitioner(
  tx: Prisma.TransactionClient,
  { organizationId, userId, departments, doctor }: NewPractitioner,
): Promise<string> {
  const { name, specialty, languages, bio, walkInSlug, isWalkInOpen, slotMinutes, hours } = doctor;
  const rules = hours.flatMap(({ weekdays, from, to }) =>
    weekdays.map((weekday) => ({ weekday, startMinute: from, endMinute: to, slotMinutes })),
  );
  const { id } = await tx.practitioner.create({
    data: {
      organizationId,
      userId,
      departmentId: departments.get(doctor.department) ?? null,
      name,
      specialty,
      languages: [...languages],
      bio,
      walkInSlug,
      isWalkInOpen,
      timeZone: DEMO_TIME_ZONE,
      rules: { create: rules },
    },
  });
  return id;
}

async function createPatients(
  { tx, cipher, contacts }: DemoDeps,
  organizationId: string,
  userIds: ReadonlyMap<string, string>,
): Promise<DemoClinic['patients']> {
  const account = DEMO_ACCOUNTS.find(({ role }) => role === 'patient');
  const made = await inOrder(
    DEMO_PATIENTS,
    async ({ key, name, birthDate, gender, phone, allergiesNote }) => {
      const isOwnAccount = account?.name === name;
      const userId = isOwnAccount ? (userIds.get(account.email) ?? null) : null;
      const id = randomUUIDv7();
      await tx.patient.create({
        data: {
          id,
          organizationId,
          userId,
          name,
          birthDate: new Date(birthDate),
          gender,
          ...contacts.seal({ organizationId, id }, { phone, email: isOwnAccount ? account.email : null }),
          allergiesNote: cipher.encrypt('patient.allergies_note', { organizationId, id }, allergiesNote),
        },
      });
      return [key, { id, userId, name }] as const;
    },
  );
  return new Map(made);
}

/** One after the other: a transaction has one connection. */
export async function inOrder<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}
