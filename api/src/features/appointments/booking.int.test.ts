import { randomUUID } from 'node:crypto';
import { endpoints, Problem, type Appointment, type Slot } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { OPEN_ALL_DAY } from '../../testing/open-all-day.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { create } = endpoints.appointments;

async function freeSlots(date: string): Promise<Slot[]> {
  const { slots } = await scene.patient.call(endpoints.providers.availability, {
    params: { providerId: scene.clinic.practitionerId },
    query: { from: date, to: date },
  });
  return slots;
}

async function firstFree(date: string): Promise<Slot> {
  const [slot] = await freeSlots(date);
  if (!slot) throw new Error('the doctor of the scene works round the clock');
  return slot;
}

function aBooking(startsAt: string, changes: { patientId?: string; idempotencyKey?: string } = {}) {
  return { practitionerId: scene.clinic.practitionerId, startsAt, idempotencyKey: randomUUID(), ...changes };
}

/** Patients registered at the desk. */
async function somePatients(count: number): Promise<string[]> {
  const { api, clinic } = scene;
  const rows = await api.database.prisma.patient.createManyAndReturn({
    data: Array.from({ length: count }, (_none, index) => ({
      organizationId: clinic.organizationId,
      name: `Patient ${index}`,
      birthDate: new Date('1990-01-01'),
    })),
  });
  return rows.map(({ id }) => id);
}

describe('booking', () => {
  test('takes the slot out of what is free, and cancelling gives it back', async () => {
    const slot = await firstFree('2026-11-24');
    const { id: appointmentId } = await scene.patient.call(create, { body: aBooking(slot.startsAt) });
    expect(await freeSlots('2026-11-24')).not.toContainEqual(slot);
    const cancel = { params: { appointmentId } };
    const cancelled = await scene.patient.call(endpoints.appointments.cancel, cancel);
    expect(cancelled.status).toBe('cancelled');
    expect(await scene.patient.call(endpoints.appointments.cancel, cancel)).toEqual(cancelled);
    expect(await freeSlots('2026-11-24')).toContainEqual(slot);
    await scene.patient.call(create, { body: aBooking(slot.startsAt) });
  });

  test('fifty people who want one slot: one gets it, the others are told that it is taken', async () => {
    const slot = await firstFree('2026-11-25');
    const patients = await somePatients(50);
    const answers = await Promise.all(
      patients.map((patientId) =>
        scene.desk.send(create.method, create.path, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(aBooking(slot.startsAt, { patientId })),
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers
      .filter(({ status }) => status !== 201)
      .map(({ body }) => Problem.parse(body).code);
    expect(refused).toEqual(Array.from({ length: 49 }, () => 'SLOT_TAKEN'));
    const { prisma } = scene.api.database;
    const startsAt = new Date(slot.startsAt);
    expect(await prisma.appointment.count({ where: { startsAt } })).toBe(1);
    expect(await prisma.visit.count({ where: { scheduledAt: startsAt } })).toBe(1);
    expect(
      await prisma.auditEvent.count({ where: { action: 'appointment.create', at: scene.api.clock.now() } }),
    ).toBe(await prisma.appointment.count());
  });

  test('one request sent ten times at once books once, and every answer is that booking', async () => {
    const slot = await firstFree('2026-11-26');
    const body = aBooking(slot.startsAt);
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.patient.call(create, { body })));
    const [first] = answers;
    expect(answers).toEqual(Array.from({ length: 10 }, () => first));
    // Long after, when the slot is no longer free, it is still that booking.
    expect(await scene.patient.call(create, { body })).toEqual(first);
    const other = await firstFree('2026-11-27');
    const reused = { ...body, startsAt: other.startsAt };
    expect((await scene.patient.refused(create, { body: reused })).code).toBe('CONFLICT');
  });

  test('a patient cannot be in two places', async () => {
    const { practitionerId: elsewhere } = await anotherDoctor();
    const slot = await firstFree('2026-11-28');
    await scene.patient.call(create, { body: aBooking(slot.startsAt) });
    const body = { ...aBooking(slot.startsAt), practitionerId: elsewhere };
    expect((await scene.patient.refused(create, { body })).code).toBe('PATIENT_DOUBLE_BOOKED');
  });

  test.each([
    ['beside the grid', (slot: Slot) => new Date(Date.parse(slot.startsAt) + 60_000).toISOString()],
    ['in the past', () => '2026-11-22T06:00:00.000Z'],
    ['beyond the booking window', () => '2027-06-01T06:00:00.000Z'],
  ])('a start %s is not offered', async (_name, startOf) => {
    const body = aBooking(startOf(await firstFree('2026-11-29')));
    expect((await scene.patient.refused(create, { body })).code).toBe('SLOT_NOT_OFFERED');
  });
});

describe('who may book', () => {
  test('a patient books for nobody else', async () => {
    const { startsAt } = await firstFree('2026-11-30');
    const body = aBooking(startsAt, { patientId: scene.clinic.otherPatientId });
    expect((await scene.patient.refused(create, { body })).code).toBe('NOT_FOUND');
  });

  test('staff name the patient, and a doctor keeps to their own calendar', async () => {
    const { startsAt } = await firstFree('2026-11-30');
    expect((await scene.desk.refused(create, { body: aBooking(startsAt) })).code).toBe('VALIDATION_FAILED');
    const { practitionerId } = await anotherDoctor();
    const patientId = scene.clinic.otherPatientId;
    const body = { ...aBooking(startsAt, { patientId }), practitionerId };
    expect((await scene.doctor.refused(create, { body })).code).toBe('FORBIDDEN');
    const booked = await scene.desk.call(create, { body });
    expect(booked.patient.id).toBe(patientId);
  });

  test('nobody books across organizations', async () => {
    const { startsAt } = await firstFree('2026-12-01');
    const ours = scene.clinic;
    const theirs = scene.foreign;
    const cases = [
      { practitionerId: theirs.practitionerId, patientId: ours.otherPatientId },
      { practitionerId: ours.practitionerId, patientId: theirs.otherPatientId },
      { practitionerId: randomUUID(), patientId: ours.otherPatientId },
      { practitionerId: ours.practitionerId, patientId: randomUUID() },
    ];
    for (const parties of cases) {
      const body = { ...aBooking(startsAt), ...parties };
      expect((await scene.desk.refused(create, { body })).code).toBe('NOT_FOUND');
    }
  });
});

describe('reading and cancelling', () => {
  let appointment: Appointment;
  beforeAll(async () => {
    const { startsAt } = await firstFree('2026-12-02');
    appointment = await scene.patient.call(create, { body: aBooking(startsAt) });
  });

  test('the patient, their doctor and the desk see it', async () => {
    const params = { appointmentId: appointment.id };
    for (const reader of [scene.patient, scene.doctor, scene.desk]) {
      expect(await reader.call(endpoints.appointments.get, { params })).toEqual(appointment);
    }
  });

  test('for everybody else it does not exist', async () => {
    const params = { appointmentId: appointment.id };
    const colleague = await scene.api.signIn((await anotherDoctor()).member);
    for (const stranger of [colleague, scene.foreignPatient, scene.foreignDoctor, scene.foreignDesk]) {
      for (const endpoint of [endpoints.appointments.get, endpoints.appointments.cancel]) {
        expect((await stranger.refused(endpoint, { params })).code).toBe('NOT_FOUND');
      }
      const { items } = await stranger.call(endpoints.appointments.list, { query: { limit: 100 } });
      expect(items).not.toContainEqual(expect.objectContaining({ id: appointment.id }));
    }
    const denied = await scene.api.database.prisma.auditEvent.findMany({
      where: { entityId: appointment.id, outcome: 'denied' },
      orderBy: { id: 'asc' },
    });
    expect(denied.map(({ action }) => action)).toEqual(['appointment.read', 'appointment.cancel']);
  });

  test('what has begun is not cancelled any more', async () => {
    const params = { visitId: appointment.visitId };
    await scene.doctor.call(endpoints.visits.start, { params });
    const cancel = { params: { appointmentId: appointment.id } };
    expect((await scene.patient.refused(endpoints.appointments.cancel, cancel)).code).toBe(
      'APPOINTMENT_NOT_CANCELLABLE',
    );
    await scene.doctor.call(endpoints.visits.end, { params });
    expect((await scene.desk.refused(endpoints.appointments.cancel, cancel)).code).toBe(
      'APPOINTMENT_NOT_CANCELLABLE',
    );
  });

  test('a list comes in pages that leave nothing out and repeat nothing', async () => {
    const all = await scene.desk.call(endpoints.appointments.list, { query: { limit: 100 } });
    const seen: Appointment[] = [];
    let cursor: string | null = null;
    do {
      const query = { limit: 2, ...(cursor === null ? {} : { cursor }) };
      const page: typeof all = await scene.desk.call(endpoints.appointments.list, { query });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.items);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.map(({ startsAt }) => startsAt)).toEqual(seen.map(({ startsAt }) => startsAt).sort());
    for (const made of ['x', Buffer.from('[1]').toString('base64url'), '9'.repeat(200)]) {
      const refused = await scene.desk.refused(endpoints.appointments.list, { query: { cursor: made } });
      expect(refused.code).toBe('VALIDATION_FAILED');
    }
  });

  test('a day in a list is a day of the organization', async () => {
    // 20:00 UTC is one in the morning of the next day in Karachi.
    const body = aBooking('2026-12-03T20:00:00.000Z');
    const { id } = await scene.patient.call(create, { body });
    const on = async (day: string) => {
      const query = { from: day, to: day };
      const { items } = await scene.patient.call(endpoints.appointments.list, { query });
      return items.map((item) => item.id);
    };
    expect(await on('2026-12-03')).not.toContain(id);
    expect(await on('2026-12-04')).toContain(id);
  });
});

/** A second doctor of the clinic, with the same hours. */
async function anotherDoctor() {
  const { api, clinic } = scene;
  const { prisma } = api.database;
  const tag = randomUUID().slice(0, 8);
  const { passwordHash } = await prisma.user.findUniqueOrThrow({
    where: { id: clinic.members.doctor.userId },
  });
  const email = `second-${tag}@clinic.example`;
  const { organizationId } = clinic;
  const user = await prisma.user.create({
    data: {
      name: `Second ${tag}`,
      email,
      passwordHash,
      memberships: { create: { organizationId, role: 'doctor' } },
    },
  });
  const { id: practitionerId } = await prisma.practitioner.create({
    data: {
      organizationId,
      userId: user.id,
      name: `Dr Second ${tag}`,
      specialty: 'Cardiology',
      languages: ['en'],
      bio: 'Hearts.',
      walkInSlug: `second-${tag}`,
      timeZone: clinic.timeZone,
      rules: { create: OPEN_ALL_DAY },
    },
  });
  return { practitionerId, member: { email } };
}
