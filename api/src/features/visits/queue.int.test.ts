import { randomUUID } from 'node:crypto';
import { endpoints, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import type { Prisma } from '@careconnect/prisma';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
beforeEach(async () => {
  const where = { state: { in: ['scheduled', 'waiting'] } } satisfies Prisma.VisitWhereInput;
  await scene.api.database.prisma.visit.updateMany({ where, data: { state: 'cancelled' } });
});
afterAll(() => scene.close());

const { today, create, start } = endpoints.visits;

/** A patient registered at the desk, with a visit that the desk opens for them. */
async function expected(name: string, birthDate = '1990-11-24'): Promise<VisitId> {
  const { api, clinic, desk } = scene;
  const patient = await api.database.prisma.patient.create({
    data: { organizationId: clinic.organizationId, name, birthDate: new Date(birthDate) },
  });
  const { id } = await desk.call(create, {
    body: {
      patientId: patient.id,
      practitionerId: clinic.practitionerId,
      reason: `Why ${name} comes`,
      idempotencyKey: randomUUID(),
    },
  });
  return id;
}

/** They say that they are here; without an account of their own, the database is told. */
async function waiting(name: string): Promise<VisitId> {
  const id = await expected(name);
  scene.api.clock.advance(1_000);
  await scene.api.database.prisma.visit.update({
    where: { id },
    data: { state: 'waiting', waitingSince: scene.api.clock.now() },
  });
  return id;
}

async function patientOf(visitId: VisitId): Promise<string> {
  return (await scene.api.database.prisma.visit.findUniqueOrThrow({ where: { id: visitId } })).patientId;
}

function auditOf(requestId: string) {
  return scene.api.database.prisma.auditEvent.findMany({ where: { requestId } });
}

async function names(): Promise<string[]> {
  const { entries } = await scene.doctor.call(today);
  return entries.map(({ patientName }) => patientName);
}

describe("today's queue", () => {
  test('is empty on a quiet day', async () => {
    expect(await scene.doctor.call(today)).toEqual({
      practitionerId: scene.clinic.practitionerId,
      entries: [],
    });
  });

  test('has who waits, who is with the doctor and who is expected, in this order', async () => {
    await expected('Expected');
    const withDoctor = await waiting('With the doctor');
    await waiting('First to wait');
    await waiting('Second to wait');
    await scene.doctor.call(start, { params: { visitId: withDoctor } });
    expect(await names()).toEqual(['First to wait', 'Second to wait', 'With the doctor', 'Expected']);
    await scene.doctor.call(endpoints.visits.end, { params: { visitId: withDoctor } });
    expect(await names()).toEqual(['First to wait', 'Second to wait', 'Expected']);
  });

  test('says what the doctor needs to know of each', async () => {
    const visitId = await expected('Maryam', '1990-11-24');
    const { entries } = await scene.doctor.call(today);
    // It is 23 November in Karachi: her birthday is tomorrow.
    const about = { patientName: 'Maryam', patientAge: 35, reason: 'Why Maryam comes' };
    expect(entries).toEqual([
      {
        visitId,
        ...about,
        state: 'scheduled',
        origin: 'walk_in',
        scheduledAt: null,
        waitingSince: null,
        isPresent: false,
        absence: null,
      },
    ]);
  });

  test('leaves an audit row with every reading, which names whom it has shown', async () => {
    const patientId = await patientOf(await expected('Expected'));
    await scene.doctor.call(today, { headers: { 'x-request-id': 'queue-proof-1' } });
    expect(await auditOf('queue-proof-1')).toMatchObject([
      {
        action: 'queue.read',
        entityId: scene.clinic.practitionerId,
        actorUserId: scene.clinic.members.doctor.userId,
        outcome: 'success',
        detail: { patientIds: [patientId] },
      },
    ]);
  });

  test('of a doctor who is not there is on record as having failed', async () => {
    await scene.desk.refused(today, {
      query: { practitionerId: scene.foreign.practitionerId },
      headers: { 'x-request-id': 'queue-proof-2' },
    });
    expect(await auditOf('queue-proof-2')).toMatchObject([
      { action: 'queue.read', outcome: 'failure', detail: { patientIds: [] } },
    ]);
  });
});

describe('who may see a queue', () => {
  test('the desk names the doctor, and sees only doctors of its own organization', async () => {
    const { practitionerId } = scene.clinic;
    expect((await scene.desk.call(today, { query: { practitionerId } })).entries).toEqual([]);
    expect((await scene.desk.refused(today)).code).toBe('VALIDATION_FAILED');
    const foreign = { query: { practitionerId: scene.foreign.practitionerId } };
    for (const client of [scene.desk, scene.doctor]) {
      expect((await client.refused(today, foreign)).code).toBe('NOT_FOUND');
    }
    expect((await scene.patient.refused(today)).code).toBe('FORBIDDEN');
  });

  test('signaling reads it of one organization and one doctor, for somebody', async () => {
    const visitId = await expected('Somebody');
    const { organizationId, practitionerId, members } = scene.clinic;
    const params = { organizationId, practitionerId };
    const query = { userId: members.receptionist.userId, role: 'receptionist' } as const;
    const { entries } = await scene.api.asSignaling(internalApiEndpoints.queue, { params, query });
    expect(entries.map((entry) => entry.visitId)).toEqual([visitId]);
    const read = await scene.api.database.prisma.auditEvent.findFirst({
      where: { action: 'queue.read' },
      orderBy: { id: 'desc' },
    });
    expect(read).toMatchObject({
      actorUserId: query.userId,
      actorRole: query.role,
      entityId: practitionerId,
      detail: { patientIds: [await patientOf(visitId)] },
    });
    const mixed = { organizationId: scene.foreign.organizationId, practitionerId };
    await expect(
      scene.api.asSignaling(internalApiEndpoints.queue, { params: mixed, query }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('opening a visit without an appointment', () => {
  test('a repeat is the same visit; another one under the same key is refused', async () => {
    const { otherPatientId, patientId, practitionerId } = scene.clinic;
    const body = { patientId: otherPatientId, practitionerId, idempotencyKey: randomUUID() };
    const answers = await Promise.all([0, 1, 2].map(() => scene.desk.call(create, { body })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await scene.desk.refused(create, { body: { ...body, patientId } })).code).toBe('CONFLICT');
    const own = { patientId, idempotencyKey: randomUUID() };
    expect((await scene.doctor.call(create, { body: own })).practitioner.id).toBe(practitionerId);
  });

  test('nobody opens one across organizations', async () => {
    const { clinic, foreign } = scene;
    for (const parties of [
      { patientId: foreign.patientId, practitionerId: clinic.practitionerId },
      { patientId: clinic.patientId, practitionerId: foreign.practitionerId },
    ]) {
      const body = { ...parties, idempotencyKey: randomUUID() };
      expect((await scene.desk.refused(create, { body })).code).toBe('NOT_FOUND');
    }
    expect(await scene.api.database.prisma.visit.count({ where: { state: 'scheduled' } })).toBe(0);
  });
});

describe('lists of visits', () => {
  test('leave an audit row that names each patient once, on the page that was shown', async () => {
    const { visitId } = await scene.book();
    const own = await patientOf(visitId);
    await scene.book();
    const newest = await patientOf(await expected('Newest'));
    const headers = (id: string) => ({ 'x-request-id': id });
    const { list } = endpoints.visits;
    const query = { state: 'scheduled' } as const;
    await scene.patient.call(list, { query, headers: headers('list-proof-1') });
    const all = await scene.desk.call(list, { query, headers: headers('list-proof-2') });
    await scene.desk.call(list, { query: { ...query, limit: 1 }, headers: headers('list-proof-3') });
    await scene.foreignDesk.call(list, { headers: headers('list-proof-4') });
    await scene.desk.call(endpoints.appointments.list, { headers: headers('list-proof-5') });

    const [patients, desk, page, foreign, appointments] = await Promise.all(
      [1, 2, 3, 4, 5].map(async (index) => (await auditOf(`list-proof-${index}`))[0]?.detail),
    );
    expect(patients).toEqual({ count: 2, patientIds: [own] });
    const shown = all.items.map(({ patient }) => patient.id);
    expect(desk).toEqual({ count: 3, patientIds: [...new Set(shown)] });
    expect(new Set(shown)).toEqual(new Set([own, newest]));
    expect(page).toEqual({ count: 1, patientIds: shown.slice(0, 1) });
    expect(foreign).toEqual({ count: 0, patientIds: [] });
    expect(appointments).toMatchObject({ patientIds: [own] });
  });

  test('are narrowed to patients of a name, whatever the order of its words', async () => {
    const visitId = await expected('Rukhsana Bano Shah');
    await expected('Rukhsana Malik');
    const find = async (q: string) => {
      const { items } = await scene.desk.call(endpoints.visits.list, { query: { q, state: 'scheduled' } });
      return items.map(({ id }) => id);
    };
    expect(await find('shah rukh')).toEqual([visitId]);
    expect(await find('%')).toEqual([]);
    expect(await find('')).toHaveLength(2);
  });

  test('everyone sees their own part, newest first and in pages', async () => {
    const { visitId } = await scene.book();
    for (const name of ['One', 'Two', 'Three']) {
      scene.api.clock.advance(1_000);
      await expected(name);
    }
    const all = await scene.desk.call(endpoints.visits.list, { query: { state: 'scheduled', limit: 100 } });
    expect(all.items).toHaveLength(4);
    const first = await scene.doctor.call(endpoints.visits.list, { query: { state: 'scheduled', limit: 3 } });
    const { nextCursor: cursor } = first;
    if (cursor === null) throw new Error('there is a second page');
    const second = await scene.doctor.call(endpoints.visits.list, {
      query: { state: 'scheduled', limit: 3, cursor },
    });
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.nextCursor).toBeNull();
    const { items: own } = await scene.patient.call(endpoints.visits.list, {
      query: { state: 'scheduled', practitionerId: scene.clinic.practitionerId },
    });
    expect(own.map(({ id }) => id)).toEqual([visitId]);
    for (const stranger of [scene.foreignDesk, scene.foreignDoctor, scene.foreignPatient]) {
      expect((await stranger.call(endpoints.visits.list)).items).toEqual([]);
      const params = { visitId };
      for (const endpoint of [endpoints.visits.get, endpoints.visits.record]) {
        expect((await stranger.refused(endpoint, { params })).code).toBe('VISIT_NOT_FOUND');
      }
    }
    for (const endpoint of [start, endpoints.visits.hold, endpoints.visits.end]) {
      expect((await scene.foreignDoctor.refused(endpoint, { params: { visitId } })).code).toBe(
        'VISIT_NOT_FOUND',
      );
      expect((await scene.patient.refused(endpoint, { params: { visitId } })).code).toBe('FORBIDDEN');
    }
  });
});

test("today's queue is of the calendar day in the doctor’s zone, and forgets nobody who waits past midnight", async () => {
  const { clock } = scene.api;
  // 23:58 in Karachi.
  clock.set('2026-11-23T18:58:00.000Z');
  const { doctor, receptionist } = scene.clinic.members;
  scene = { ...scene, doctor: await scene.api.signIn(doctor), desk: await scene.api.signIn(receptionist) };
  await expected('Was expected');
  await waiting('Still waiting');
  expect(await names()).toEqual(['Still waiting', 'Was expected']);
  clock.advance(180_000);
  expect(await names()).toEqual(['Still waiting']);
});
