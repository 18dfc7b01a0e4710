import { randomUUID } from 'node:crypto';
import type {
  AppointmentId,
  EmergencyAccessId,
  PatientId,
  PractitionerId,
  RelatedPersonId,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { makeDepartment } from '../a-department.ts';
import { makeOrganization, testPasswordHash, type Clinic, type ClinicMember } from '../a-clinic.ts';
import { TEST_START } from '../test-clock.ts';
import { OPEN_ALL_DAY } from '../open-all-day.ts';

/** Whose rows a request is about, seen from the person who asks. */
export type Relation = 'own' | 'colleague' | 'foreign';

/** A doctor and a patient of one organization, and fresh rows of theirs for one case. */
export interface Target {
  readonly organizationId: string;
  readonly practitionerId: PractitionerId;
  readonly walkInSlug: string;
  readonly patientId: PatientId;
  readonly patientName: string;
  readonly appointmentId: AppointmentId;
  readonly visitId: VisitId;
  /** Long over, and looked at by nobody. */
  readonly emergencyAccessId: EmergencyAccessId;
  /** Of somebody who asks to act for the patient, where somebody does. */
  readonly relatedPersonId: RelatedPersonId;
  /** Of somebody who works there and does not sign in. */
  readonly spareMembershipId: string;
  readonly spareUserId: string;
  readonly spareName: string;
  /** A start that this doctor offers and nobody has taken. */
  readonly freeStart: string;
}

type Parties = Omit<
  Target,
  'appointmentId' | 'visitId' | 'emergencyAccessId' | 'relatedPersonId' | 'freeStart'
>;

export interface World {
  /** The organization of everyone who asks. */
  readonly clinic: Clinic;
  /** Kept to the department of the colleague. */
  readonly otherDesk: Pick<ClinicMember, 'email'>;
  /** Words that appear in everything of the other organization and in nothing of this one. */
  readonly foreignWords: readonly string[];
  /** Makes an appointment with its visit in a state of its own. */
  freshTarget(relation: Relation, state: VisitState, isAsked?: boolean): Promise<Target>;
}

const SLOT_MS = 30 * 60_000;
/** Beyond every booking window, so that these rows stand in nobody's way. */
const FAR_AWAY_MS = 200 * 86_400_000;
const SOON_MS = 2 * 3_600_000;

export async function makeWorld({ prisma }: Pick<Database, 'prisma'>): Promise<World> {
  const clinic = await makeOrganization({ prisma });
  const foreign = await makeOrganization({ prisma });
  const parties: Record<Relation, Parties> = {
    own: await partiesOf(prisma, clinic),
    colleague: await makeColleague(prisma, clinic),
    foreign: await partiesOf(prisma, foreign),
  };
  const foreignName = (await prisma.organization.findUniqueOrThrow({ where: { id: foreign.organizationId } }))
    .name;
  let made = 0;

  async function freshTarget(relation: Relation, state: VisitState, isAsked = false): Promise<Target> {
    made += 1;
    const who = parties[relation];
    const startsAt = new Date(Date.parse(TEST_START) + FAR_AWAY_MS + made * SLOT_MS);
    const { organizationId, practitionerId, patientId } = who;
    const row = { organizationId, practitionerId, patientId };
    const appointment = await prisma.appointment.create({
      data: {
        ...row,
        startsAt,
        endsAt: new Date(startsAt.getTime() + SLOT_MS),
        idempotencyKey: randomUUID(),
        createdByUserId: clinic.members.receptionist.userId,
      },
    });
    const since = new Date(TEST_START);
    const visit = await prisma.visit.create({
      data: {
        ...row,
        appointmentId: appointment.id,
        scheduledAt: startsAt,
        origin: 'appointment',
        state,
        waitingSince: state === 'scheduled' ? null : since,
        startedAt: state === 'in_progress' ? since : null,
      },
    });
    const openedAt = new Date(Date.parse(TEST_START) - FAR_AWAY_MS - made * SLOT_MS);
    const emergency = await prisma.emergencyAccess.create({
      data: {
        ...row,
        openedAt,
        expiresAt: new Date(openedAt.getTime() + SLOT_MS),
        category: 'covering',
        reason: 'of no key',
      },
    });
    const relatedPersonId = isAsked ? await askToActFor(prisma, who) : (randomUUID() as RelatedPersonId);
    return {
      ...who,
      relatedPersonId,
      appointmentId: appointment.id as AppointmentId,
      visitId: visit.id as VisitId,
      emergencyAccessId: emergency.id as EmergencyAccessId,
      freeStart: new Date(Date.parse(TEST_START) + SOON_MS + made * SLOT_MS).toISOString(),
    };
  }

  return {
    clinic,
    otherDesk: await makeOtherDesk({ prisma }, clinic, parties.colleague),
    foreignWords: [foreignName, foreign.organizationId, foreign.patientId, foreign.otherPatientId],
    freshTarget,
  };
}

async function partiesOf(
  prisma: Database['prisma'],
  { organizationId, practitionerId, walkInSlug, patientId, members }: Clinic,
): Promise<Parties> {
  const people = { practitionerId, patientId, patientName: members.patient.name };
  return { organizationId, walkInSlug, ...people, ...(await makeSpare(prisma, organizationId)) };
}

/** The doctor of the clinic works in one department, the colleague and this receptionist in another. */
async function makeOtherDesk(
  database: Pick<Database, 'prisma'>,
  { organizationId, practitionerId }: Clinic,
  colleague: Parties,
): Promise<Pick<ClinicMember, 'email'>> {
  const { prisma } = database;
  const [own, theirs] = [
    await makeDepartment(database, organizationId),
    await makeDepartment(database, organizationId),
  ];
  for (const [id, { departmentId }] of [
    [practitionerId, own],
    [colleague.practitionerId, theirs],
  ] as const) {
    await prisma.practitioner.updateMany({ where: { id }, data: { departmentId } });
  }
  const email = `other-desk-${randomUUID().slice(0, 8)}@clinic.example`;
  const { id: userId } = await prisma.user.create({
    data: {
      name: 'Other desk',
      email,
      passwordHash: await testPasswordHash(),
      memberships: { create: { organizationId, role: 'receptionist' } },
    },
  });
  const { departmentId } = theirs;
  await prisma.membershipArea.create({ data: { organizationId, userId, departmentId } });
  return { email };
}

/** A request of its own: of two people one is open at a time. */
async function askToActFor(
  prisma: Database['prisma'],
  { organizationId, patientId, spareUserId: userId }: Parties,
): Promise<RelatedPersonId> {
  const requestedAt = new Date(TEST_START);
  await prisma.relatedPerson.updateMany({
    where: { organizationId, patientId, userId, status: { not: 'ended' } },
    data: { status: 'ended', endedAt: requestedAt, endedByUserId: userId },
  });
  const { id } = await prisma.relatedPerson.create({
    data: { organizationId, patientId, userId, relationship: 'DAUC', requestedAt },
  });
  return id as RelatedPersonId;
}

async function makeSpare(prisma: Database['prisma'], organizationId: string) {
  const tag = randomUUID().slice(0, 8);
  const name = `Spare ${tag}`;
  const { id: spareUserId, memberships } = await prisma.user.create({
    data: {
      name,
      email: `spare-${tag}@clinic.example`,
      memberships: { create: { organizationId, role: 'pharmacist' } },
    },
    select: { id: true, memberships: { select: { id: true } } },
  });
  return { spareMembershipId: memberships[0]?.id ?? '', spareUserId, spareName: name };
}

/** Another doctor and another patient of the same organization. */
async function makeColleague(
  prisma: Database['prisma'],
  { organizationId, timeZone }: Clinic,
): Promise<Parties> {
  const tag = randomUUID().slice(0, 8);
  const member = (role: 'doctor' | 'patient') =>
    prisma.user.create({
      data: {
        name: `Colleague ${role} ${tag}`,
        email: `colleague-${role}-${tag}@clinic.example`,
        memberships: { create: { organizationId, role } },
      },
    });
  const [doctor, person] = [await member('doctor'), await member('patient')];
  const practitioner = await prisma.practitioner.create({
    data: {
      organizationId,
      userId: doctor.id,
      name: doctor.name,
      specialty: 'Cardiology',
      bio: '',
      walkInSlug: `colleague-${tag}`,
      isWalkInOpen: true,
      timeZone,
      rules: { create: OPEN_ALL_DAY },
    },
  });
  const birthDate = new Date('1980-01-01');
  const patient = await prisma.patient.create({
    data: { organizationId, userId: person.id, name: person.name, birthDate },
  });
  return {
    organizationId,
    practitionerId: practitioner.id as PractitionerId,
    walkInSlug: practitioner.walkInSlug,
    patientId: patient.id as PatientId,
    patientName: patient.name,
    ...(await makeSpare(prisma, organizationId)),
  };
}
