import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { inOrder, type DemoClinic, type DemoDeps } from './demo-clinic.ts';
import { demoSamples } from './demo-quality.ts';
import { DEMO_VISITS, type DemoVisit } from './demo-visits.ts';
import type { Prisma } from './generated/client.ts';

const MINUTE_MS = 60_000;
const BOOKED_BEFORE_MS = 3 * 86_400_000;

type Doctor = NonNullable<ReturnType<DemoClinic['doctors']['get']>>;
type Patient = NonNullable<ReturnType<DemoClinic['patients']['get']>>;

interface Scene {
  readonly visit: DemoVisit;
  readonly doctor: Doctor;
  readonly patient: Patient;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly bookedAt: Date;
}

const STATE = { booked: 'scheduled', ended: 'ended', cancelled: 'cancelled', noshow: 'no_show' } as const;
const STATUS = { booked: 'booked', ended: 'fulfilled', cancelled: 'cancelled', noshow: 'noshow' } as const;

/** Appointments with their visits: what is booked, what is over, and what was said. */
export async function createDemoHistory(deps: DemoDeps, clinic: DemoClinic, now: Date): Promise<void> {
  await inOrder(DEMO_VISITS, async (visit) => {
    const doctor = clinic.doctors.get(visit.doctor);
    const patient = clinic.patients.get(visit.patient);
    if (!doctor || !patient) throw new Error(`the demo has no ${visit.doctor} or ${visit.patient}`);
    await createScene(deps, clinic.organizationId, sceneOf(visit, doctor, patient, now));
  });
}

function sceneOf(visit: DemoVisit, doctor: Doctor, patient: Patient, now: Date): Scene {
  const slotMs = doctor.slotMinutes * MINUTE_MS;
  const startsAt = new Date((Math.floor(now.getTime() / slotMs) + visit.slot) * slotMs);
  return {
    visit,
    doctor,
    patient,
    startsAt,
    endsAt: new Date(startsAt.getTime() + slotMs),
    bookedAt: new Date(Math.min(startsAt.getTime(), now.getTime()) - BOOKED_BEFORE_MS),
  };
}

async function createScene({ tx, cipher }: DemoDeps, organizationId: string, scene: Scene): Promise<void> {
  const { visit, doctor, patient, startsAt, endsAt, bookedAt } = scene;
  const whoAndWhere = {
    organizationId,
    practitionerId: doctor.id,
    patientId: patient.id,
    createdAt: bookedAt,
  };
  const [appointmentId, visitId] = [randomUUIDv7(), randomUUIDv7()];
  await tx.appointment.create({
    data: {
      id: appointmentId,
      ...whoAndWhere,
      startsAt,
      endsAt,
      status: STATUS[visit.outcome],
      reason: cipher.encrypt('appointment.reason', { organizationId, id: appointmentId }, visit.reason),
      idempotencyKey: randomUUID(),
      createdByUserId: patient.userId ?? doctor.userId,
    },
  });
  const times = timesOf(scene);
  await tx.visit.create({
    data: {
      id: visitId,
      ...whoAndWhere,
      ...times,
      appointmentId,
      state: STATE[visit.outcome],
      origin: 'appointment',
      reason: cipher.encrypt('visit.reason', { organizationId, id: visitId }, visit.reason),
      scheduledAt: startsAt,
    },
  });
  await tx.visitEvent.createMany({ data: eventsOf(scene, { organizationId, visitId }) });
  if (visit.outcome === 'ended') await createStay({ tx, cipher }, scene, { organizationId, visitId });
}

function timesOf({ visit, startsAt }: Scene) {
  if (visit.outcome !== 'ended') return {};
  const startedAt = new Date(startsAt.getTime() + 2 * MINUTE_MS);
  return {
    waitingSince: new Date(startsAt.getTime() - 4 * MINUTE_MS),
    startedAt,
    endedAt: new Date(startedAt.getTime() + (visit.minutes ?? 10) * MINUTE_MS),
  };
}

function eventsOf(
  scene: Scene,
  ids: { organizationId: string; visitId: string },
): Prisma.VisitEventCreateManyInput[] {
  const { visit, doctor, patient, startsAt, bookedAt } = scene;
  const { waitingSince, startedAt, endedAt } = timesOf(scene);
  const byDoctor = { ...ids, actorUserId: doctor.userId, actorName: doctor.name };
  const byPatient = { ...ids, actorUserId: patient.userId, actorName: patient.name };
  const events: Prisma.VisitEventCreateManyInput[] = [{ ...byPatient, type: 'scheduled', at: bookedAt }];
  if (waitingSince && startedAt && endedAt) {
    events.push(
      { ...byPatient, type: 'waiting', at: waitingSince },
      { ...byDoctor, type: 'started', at: startedAt },
      { ...byPatient, type: 'joined', at: startedAt },
      { ...byDoctor, type: 'ended', at: endedAt },
    );
  }
  if (visit.outcome === 'cancelled') events.push({ ...byPatient, type: 'cancelled', at: bookedAt });
  if (visit.outcome === 'noshow') events.push({ ...byDoctor, type: 'no_show', at: startsAt });
  return events;
}

interface VisitIds {
  readonly organizationId: string;
  readonly visitId: string;
}

/** Who sat where; a seat belongs to a member, so a patient without an account has none. */
async function createStay(
  { tx, cipher }: Pick<DemoDeps, 'tx' | 'cipher'>,
  scene: Scene,
  ids: VisitIds,
): Promise<void> {
  const { visit, doctor, patient } = scene;
  const { startedAt, endedAt } = timesOf(scene);
  if (!startedAt || !endedAt) return;
  const present = { connectedAt: startedAt, joinedAt: startedAt, leftAt: endedAt };
  const seatOf = async (userId: string, displayName: string, seatRole: 'host' | 'patient') =>
    (await tx.visitParticipant.create({ data: { ...ids, ...present, userId, displayName, seatRole } })).id;
  const seats = {
    doctor: await seatOf(doctor.userId, doctor.name, 'host'),
    patient: patient.userId === null ? null : await seatOf(patient.userId, patient.name, 'patient'),
  };
  const stay = { ...ids, from: startedAt, until: endedAt };
  const name = `${visit.doctor} ${visit.patient} ${visit.slot}`;
  // A narrow line of the patient is seen in the small picture that the doctor gets.
  const { connection = 'good' } = visit;
  const data = demoSamples({ ...stay, seatId: seats.doctor, seed: `${name} host`, connection });
  if (seats.patient !== null) {
    const seed = `${name} patient`;
    data.push(...demoSamples({ ...stay, seatId: seats.patient, seed, connection: 'good' }));
  }
  await tx.qualitySample.createMany({ data });
  await createChat({ tx, cipher }, { ...ids, said: visit.chat ?? [], seats, startedAt });
}

interface Chat extends VisitIds {
  readonly said: NonNullable<DemoVisit['chat']>;
  readonly seats: { readonly doctor: string; readonly patient: string | null };
  readonly startedAt: Date;
}

/** Only between two people with seats. */
async function createChat(
  { tx, cipher }: Pick<DemoDeps, 'tx' | 'cipher'>,
  { said, seats, startedAt, ...ids }: Chat,
): Promise<void> {
  const spoken = said.filter(({ from }) => seats[from] !== null);
  let totalBytes = 0;
  const messages = spoken.map(({ from, text }, index) => {
    const id = randomUUIDv7();
    return {
      ...ids,
      id,
      sequence: index + 1,
      totalBytes: (totalBytes += Buffer.byteLength(text)),
      clientMessageId: randomUUID(),
      authorSeatId: seats[from] ?? seats.doctor,
      body: cipher.encrypt('chat_message.body', { organizationId: ids.organizationId, id }, text),
      sentAt: new Date(startedAt.getTime() + (index + 1) * MINUTE_MS),
    };
  });
  await tx.chatMessage.createMany({ data: messages });
}
