import { randomUUID } from 'node:crypto';
import { CHAT_MAX_MESSAGES, CHAT_PAGE_SIZE, endpoints, type VisitId } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeOrganization } from '../../testing/a-clinic.ts';
import { startTestApi } from '../../testing/test-api.ts';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { record, recordMessages } = endpoints.visits;

/** A visit in which so many messages were written: "1", "2" … */
async function aVisitWith(count: number): Promise<VisitId> {
  const { visitId } = await scene.book();
  const { seatId: authorSeatId } = await scene.patient.call(endpoints.seats.joinTicket, {
    params: { visitId },
  });
  const { organizationId } = scene.clinic;
  const { database, cipher, clock } = scene.api;
  await database.prisma.chatMessage.createMany({
    data: Array.from({ length: count }, (_none, index) => ({ id: randomUUID(), index })).map(
      ({ id, index }) => ({
        id,
        organizationId,
        visitId,
        authorSeatId,
        sentAt: clock.now(),
        sequence: index + 1,
        totalBytes: (index + 1) * 4,
        clientMessageId: randomUUID(),
        body: cipher.encrypt('chat_message.body', { organizationId, id }, String(index + 1)),
      }),
    ),
  });
  return visitId;
}

/** What the messages of a page say, as the first, the last and how many. */
function spanOf({ messages, messageCount }: { messages: { body: string }[]; messageCount: number }) {
  const said = messages.map(({ body }) => Number(body));
  expect(said).toEqual(said.map((_, index) => (said[0] ?? 0) + index));
  return [said[0] ?? null, said.at(-1) ?? null, messageCount];
}

describe('the chat of a record', () => {
  test('begins with the first page and goes on page by page, in order and to the end', async () => {
    const all = 2 * CHAT_PAGE_SIZE + 1;
    const params = { visitId: await aVisitWith(all) };
    const after = (afterSequence: number) =>
      scene.doctor.call(recordMessages, { params, query: { afterSequence } });
    expect(spanOf(await scene.doctor.call(record, { params }))).toEqual([1, CHAT_PAGE_SIZE, all]);
    expect(spanOf(await after(0))).toEqual([1, CHAT_PAGE_SIZE, all]);
    expect(spanOf(await after(CHAT_PAGE_SIZE))).toEqual([CHAT_PAGE_SIZE + 1, 2 * CHAT_PAGE_SIZE, all]);
    expect(spanOf(await after(2 * CHAT_PAGE_SIZE))).toEqual([all, all, all]);
    expect(spanOf(await after(all))).toEqual([null, null, all]);
  });

  test('is whole on the first page where it fits, and empty where nothing was written', async () => {
    for (const count of [0, CHAT_PAGE_SIZE]) {
      const { messages, messageCount } = await scene.patient.call(record, {
        params: { visitId: await aVisitWith(count) },
      });
      expect([messages.length, messageCount]).toEqual([count, count]);
    }
  });

  test('refuses a sequence number that no message can have', async () => {
    const { visitId } = await scene.book();
    for (const afterSequence of [-1, 1.5, CHAT_MAX_MESSAGES + 1]) {
      const query = { afterSequence };
      const { code } = await scene.doctor.refused(recordMessages, { params: { visitId }, query });
      expect(code).toBe('VALIDATION_FAILED');
    }
  });

  test('is for those who may read the record, and each page leaves an audit row, a refused one too', async () => {
    const visitId = await aVisitWith(1);
    const params = { visitId };
    for (const client of [scene.patient, scene.doctor, scene.desk]) {
      await client.call(recordMessages, { params, query: { afterSequence: 1 } });
    }
    for (const stranger of [scene.foreignPatient, scene.foreignDoctor, scene.foreignDesk]) {
      expect((await stranger.refused(recordMessages, { params })).code).toBe('VISIT_NOT_FOUND');
    }
    const { visit: theirs } = await scene.api.client().call(endpoints.walkIns.enter, {
      params: { slug: scene.clinic.walkInSlug },
      body: { idempotencyKey: randomUUID(), guest: { name: 'Someone Else', birthDate: '1980-05-05' } },
    });
    const other = { params: { visitId: theirs.id } };
    expect((await scene.patient.refused(recordMessages, other)).code).toBe('VISIT_NOT_FOUND');

    const rows = await scene.api.database.prisma.auditEvent.findMany({
      where: { action: 'visit.readRecord', entityId: { in: [visitId, theirs.id] } },
      orderBy: { id: 'asc' },
    });
    const { patientId } = scene.clinic;
    expect(rows).toMatchObject([
      ...['patient', 'doctor', 'receptionist'].map((actorRole) => ({
        actorRole,
        patientId,
        outcome: 'success',
        detail: { afterSequence: 1 },
      })),
      { actorRole: 'patient', patientId: theirs.patient.id, outcome: 'denied' },
    ]);
  });

  test('is read no oftener than a person reads, first pages and others counted together', async () => {
    // Two a minute.
    const tight = await startTestApi({ postgresUrl: inject('postgresUrl'), rateLimitFactor: 1 / 30 });
    try {
      const clinic = await makeOrganization(tight.database);
      const doctor = await tight.signIn(clinic.members.doctor);
      const params = { visitId: randomUUID() as VisitId };
      expect((await doctor.refused(record, { params })).code).toBe('VISIT_NOT_FOUND');
      expect((await doctor.refused(recordMessages, { params })).code).toBe('VISIT_NOT_FOUND');
      for (const endpoint of [record, recordMessages]) {
        expect((await doctor.refused(endpoint, { params })).code).toBe('RATE_LIMITED');
      }
      const desk = await tight.signIn(clinic.members.receptionist);
      expect((await desk.refused(record, { params })).code).toBe('VISIT_NOT_FOUND');
    } finally {
      await tight.close();
    }
  });
});
