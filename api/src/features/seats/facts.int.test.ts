import { randomUUID } from 'node:crypto';
import { endpoints, VISIT_MAX_MOVEMENTS, type SeatId } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aFact, aSeat, tell } from './testing/a-seat.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

test('presence follows the newest connection, however late or often facts arrive', async () => {
  const seat = await aSeat(scene);
  const [connected, left, back] = [
    aFact(scene, 'seat.connected', seat, 1_000),
    aFact(scene, 'seat.disconnected', seat, 2_000),
    aFact(scene, 'seat.connected', seat, 3_000),
  ];
  const isPresent = async () => {
    const where = { id: seat.seatId };
    return (await scene.api.database.prisma.visitParticipant.findUniqueOrThrow({ where })).isPresent;
  };
  await tell(scene, [connected]);
  expect(await isPresent()).toBe(true);
  await tell(scene, [left]);
  await tell(scene, [connected]);
  expect(await isPresent()).toBe(false);
  await tell(scene, [back]);
  await tell(scene, [left, connected]);
  expect(await isPresent()).toBe(true);
});

test('whoever was connected to a node is gone when it starts anew, and the doctor sees it', async () => {
  const [here, there, later] = [await aSeat(scene), await aSeat(scene), await aSeat(scene)];
  await tell(scene, [aFact(scene, 'seat.connected', here, 1_000)]);
  await tell(scene, [aFact(scene, 'seat.connected', there, 1_000)], 'two');
  await tell(scene, [aFact(scene, 'seat.disconnected', there, 2_000)]);
  await scene.api.settled();
  scene.api.signaling.take();
  const at = new Date(scene.api.clock.now().getTime() + 5_000).toISOString();
  const started = { type: 'signaling.started', at, idempotencyKey: randomUUID() } as const;
  await tell(scene, [started, aFact(scene, 'seat.connected', later, 6_000)]);
  await tell(scene, [started]);
  const { prisma } = scene.api.database;
  const seatIds = [here, there, later].map(({ seatId }) => seatId);
  const present = await prisma.visitParticipant.findMany({
    where: { id: { in: seatIds }, isPresent: true },
  });
  expect(present.map(({ id }) => id).sort(), 'not of another node, nor of the new process').toEqual(
    [there.seatId, later.seatId].sort(),
  );
  await scene.api.settled();
  const [push] = scene.api.signaling.take();
  if (push?.type !== 'queue.changed') throw new Error('the queue was not pushed');
  expect(push.entries.find(({ visitId }) => visitId === here.visitId)).toMatchObject({ isPresent: false });
});

test('coming and going is in the history once, and the doctor sees it in the queue', async () => {
  const seat = await aSeat(scene);
  // Today, however many were booked before.
  await scene.bringForward(seat.visitId);
  await scene.api.settled();
  scene.api.signaling.take();
  const facts = [
    aFact(scene, 'seat.connected', seat),
    aFact(scene, 'seat.joined', seat),
    aFact(scene, 'seat.left', seat, 60_000),
  ];
  await tell(scene, facts);
  await tell(scene, facts);
  const { events } = await scene.patient.call(endpoints.visits.record, {
    params: { visitId: seat.visitId },
  });
  expect(events.map(({ type }) => type)).toEqual(['scheduled', 'joined', 'left']);
  await scene.api.settled();
  const [push] = scene.api.signaling.take();
  if (push?.type !== 'queue.changed') throw new Error('the queue was not pushed');
  expect(push.entries.find(({ visitId }) => visitId === seat.visitId)).toMatchObject({ isPresent: true });
});

test('coming and going leaves one audit row each, of signaling, and only coming is an arrival', async () => {
  const seat = await aSeat(scene);
  const facts = [aFact(scene, 'seat.joined', seat), aFact(scene, 'seat.left', seat, 60_000)];
  await tell(scene, facts);
  await tell(scene, facts);
  const { prisma } = scene.api.database;
  const rows = await prisma.auditEvent.findMany({
    where: { entityId: seat.visitId, action: { in: ['visit.join', 'visit.leave'] } },
    orderBy: { at: 'asc' },
  });
  const { organizationId, joinedAt, visit } = await prisma.visitParticipant.findFirstOrThrow({
    where: { id: seat.seatId },
    include: { visit: { select: { patientId: true } } },
  });
  const row = {
    organizationId,
    actorUserId: null,
    actorRole: 'service:signaling',
    entityType: 'visit',
    patientId: visit.patientId,
    outcome: 'success',
    detail: { seatId: seat.seatId },
  };
  expect(rows).toMatchObject([
    { action: 'visit.join', ...row, at: new Date(facts[0]?.at ?? '') },
    { action: 'visit.leave', ...row, at: new Date(facts[1]?.at ?? '') },
  ]);
  expect(joinedAt).toEqual(rows[0]?.at);
});

test('one about a seat that nobody knows does not hold up the others', async () => {
  const seat = await aSeat(scene);
  const unknown = { ...seat, seatId: randomUUID() as SeatId };
  const foreign = { ...seat, organizationId: scene.foreign.organizationId };
  await tell(
    scene,
    [unknown, foreign, seat].map((about) => aFact(scene, 'seat.joined', about)),
  );
  const { events } = await scene.patient.call(endpoints.visits.record, {
    params: { visitId: seat.visitId },
  });
  expect(events.map(({ type }) => type)).toEqual(['scheduled', 'joined']);
});

test('a goodbye that is told late, or again, does not send away who has come back', async () => {
  const seat = await aSeat(scene);
  const goodbye = aFact(scene, 'seat.goodbye', seat, 2_000);
  await tell(scene, [aFact(scene, 'seat.connected', seat, 1_000), goodbye]);
  const where = { id: seat.seatId };
  const stored = () => scene.api.database.prisma.visitParticipant.findUniqueOrThrow({ where });
  expect(await stored()).toMatchObject({ isPresent: false, hasLeft: true });
  await tell(scene, [aFact(scene, 'seat.connected', seat, 3_000), goodbye]);
  expect(await stored()).toMatchObject({ isPresent: true, hasLeft: false, leftAt: null });
  await tell(scene, [{ ...goodbye, organizationId: scene.foreign.organizationId }]);
  expect(await stored()).toMatchObject({ isPresent: true, hasLeft: false });
});

test('of comings and goings a visit keeps so many and counts the rest, and keeps what becomes of it in any case', async () => {
  const seat = await aSeat(scene);
  const { organizationId, visitId } = seat;
  await scene.api.database.prisma.visitEvent.createMany({
    data: Array.from({ length: VISIT_MAX_MOVEMENTS }, () => ({
      organizationId,
      visitId,
      type: 'left' as const,
      at: scene.api.clock.now(),
      idempotencyKey: randomUUID(),
    })),
  });
  const kept = () => scene.api.database.prisma.visitEvent.count({ where: { visitId } });
  const before = await kept();
  const noted = () =>
    scene.api.database.prisma.auditEvent.findMany({
      where: { entityId: visitId, action: { in: ['visit.join', 'visit.leave'] } },
      orderBy: { id: 'asc' },
    });
  for (let turn = 0; turn < 5; turn += 1) {
    await tell(scene, [aFact(scene, 'seat.joined', seat), aFact(scene, 'seat.left', seat)]);
  }
  expect(await kept()).toBe(before);
  expect((await noted()).map(({ action, detail }) => ({ action, detail }))).toEqual([
    { action: 'visit.join', detail: { seatId: seat.seatId, unkept: 1 } },
    { action: 'visit.leave', detail: { seatId: seat.seatId, unkept: 2 } },
    { action: 'visit.leave', detail: { seatId: seat.seatId, unkept: 4 } },
    { action: 'visit.leave', detail: { seatId: seat.seatId, unkept: 8 } },
  ]);
  const where = { id: seat.seatId };
  const { unkeptMovements } = await scene.api.database.prisma.visitParticipant.findUniqueOrThrow({ where });
  expect(unkeptMovements).toBe(10);
  await scene.checkIn(visitId);
  expect(await kept()).toBe(before + 1);
});
