import { randomUUID } from 'node:crypto';
import { endpoints, type AppointmentStatus, type VisitState } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { careRelationSince } from '../../core/care-relation.ts';
import {
  startChartScene,
  type ChartScene,
  type Stranger,
} from '../emergency-access/testing/a-chart-scene.ts';

const { get, identify, list } = endpoints.patients;
const DAY_MS = 86_400_000;

let scene: ChartScene;
let doctor: Stranger;
beforeAll(async () => {
  scene = await startChartScene(inject('postgresUrl'));
});
beforeEach(async () => {
  doctor = await scene.aStranger();
});
afterAll(() => scene.close());

const chart = () => ({ params: { patientId: scene.clinic.patientId } });
const inDays = (days: number) => new Date(scene.api.clock.now().getTime() + days * DAY_MS);
const lastAudit = (userId: string) =>
  scene.api.database.prisma.auditEvent.findFirst({
    where: { actorUserId: userId },
    orderBy: { id: 'desc' },
  });

/** A visit of the doctor with the patient, as if it had been walked in to at that time. */
async function aVisit(createdAt: Date, state: VisitState = 'scheduled') {
  const { organizationId, patientId } = scene.clinic;
  await scene.api.database.prisma.visit.create({
    data: {
      ...{ organizationId, patientId, practitionerId: doctor.practitionerId },
      ...{ state, createdAt, origin: 'walk_in', idempotencyKey: randomUUID() },
    },
  });
}

async function anAppointment(startsAt: Date, status: AppointmentStatus = 'booked') {
  const { organizationId, patientId } = scene.clinic;
  await scene.api.database.prisma.appointment.create({
    data: {
      ...{ organizationId, patientId, practitionerId: doctor.practitionerId },
      ...{ status, startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
      ...{ idempotencyKey: randomUUID(), createdByUserId: doctor.userId },
    },
  });
}

async function expectIsInCare(isInCare: boolean): Promise<void> {
  if (isInCare) await doctor.client.call(get, chart());
  else expect((await doctor.client.refused(get, chart())).code).toBe('CARE_RELATION_NEEDED');
  expect(await lastAudit(doctor.userId)).toMatchObject({
    action: 'patient.read',
    outcome: isInCare ? 'success' : 'denied',
    patientId: scene.clinic.patientId,
    detail: {},
  });
  expect(await doctor.client.call(identify, chart())).toMatchObject({ isInCare, emergencyAccess: null });
}

describe('a doctor reads the record of a patient', () => {
  test('whom she has a visit with, until it is cancelled', async () => {
    await expectIsInCare(false);
    const body = { patientId: scene.clinic.patientId, idempotencyKey: randomUUID() };
    const { id: visitId } = await doctor.client.call(endpoints.visits.create, { body });
    await expectIsInCare(true);
    await doctor.client.call(endpoints.visits.cancel, { params: { visitId } });
    await expectIsInCare(false);
  });

  test('who has an appointment with her, however far ahead, until it is cancelled', async () => {
    await anAppointment(inDays(300));
    await expectIsInCare(true);
    await scene.api.database.prisma.appointment.updateMany({
      where: { practitionerId: doctor.practitionerId },
      data: { status: 'cancelled' },
    });
    await expectIsInCare(false);
  });

  test('for a year after, to the day and no longer', async () => {
    const since = careRelationSince(scene.api.clock.now());
    await aVisit(new Date(since.getTime() - 1));
    await anAppointment(new Date(since.getTime() - DAY_MS), 'fulfilled');
    await expectIsInCare(false);
    await aVisit(since, 'no_show');
    await expectIsInCare(true);
  });

  test('whom only a colleague looks after not at all, and nobody of another organization', async () => {
    await scene.book();
    await expectIsInCare(false);
    const problem = await scene.foreignDoctor.refused(get, chart());
    expect(problem.code).toBe('NOT_FOUND');
    expect((await scene.foreignDoctor.refused(identify, chart())).code).toBe('NOT_FOUND');
  });
});

test('a doctor finds everybody, by what tells them apart and no more; the desk sees how to reach them', async () => {
  const { otherPatientId, patientId } = scene.clinic;
  const phone = '0300 4567890';
  await scene.api.database.prisma.patient.update({ where: { id: patientId }, data: { phone } });
  await aVisit(inDays(-3), 'no_show');
  const { items } = await doctor.client.call(list);
  expect(items.map(({ id, isInCare }) => [id, isInCare]).toSorted()).toEqual(
    [
      [patientId, true],
      [otherPatientId, false],
    ].toSorted(),
  );
  for (const { id: _id, name: _name, birthDate: _date, isInCare: _care, ...rest } of items) {
    expect(rest).toEqual({ gender: null, phone: null, email: null });
  }
  // Who is found by a number is told to have it.
  const byNumber = { query: { q: phone } };
  expect((await doctor.client.call(list, byNumber)).items).toEqual([]);
  expect((await scene.desk.call(list, byNumber)).items.map(({ id }) => id)).toEqual([patientId]);
  const atTheDesk = (await scene.desk.call(list)).items.find(({ id }) => id === patientId);
  expect(atTheDesk).toMatchObject({ phone: '0300 4567890', gender: 'unknown', isInCare: null });
});

test('to see who somebody is leaves the row of a search that has shown them', async () => {
  await doctor.client.call(identify, chart());
  expect(await lastAudit(doctor.userId)).toMatchObject({
    action: 'patient.search',
    patientId: null,
    detail: { patientIds: [scene.clinic.patientId] },
  });
});
