import { randomUUID } from 'node:crypto';
import { endpoints, type QueueEntry, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints, type SeatFact, type SeatKey } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { enter: walkIn } = endpoints.walkIns;
const { joinTicket } = endpoints.seats;
const { today, start, end, cancel, record, get } = endpoints.visits;

/** A guest who has come in through the doctor's link and has a seat. */
async function aGuest(name: string): Promise<SeatKey> {
  const guest = scene.api.client();
  const { visit } = await guest.call(walkIn, {
    params: { slug: scene.clinic.walkInSlug },
    body: { idempotencyKey: randomUUID(), guest: { name, birthDate: '1984-03-02' } },
  });
  const { seatId } = await guest.call(joinTicket, { params: { visitId: visit.id } });
  return { organizationId: scene.clinic.organizationId, visitId: visit.id, seatId };
}

async function aWaitingGuest(name: string): Promise<SeatKey> {
  const seat = await aGuest(name);
  await tell(seat, 'seat.connected');
  await scene.api.asSignaling(internalApiEndpoints.checkIn, { params: seat });
  return seat;
}

/** Signaling tells of a seat, a second after whatever it told before. Answers with the instant. */
async function tell(seat: SeatKey, type: SeatFact['type']): Promise<string> {
  scene.api.clock.advance(1_000);
  const at = scene.api.clock.now().toISOString();
  await scene.api.asSignaling(internalApiEndpoints.facts, {
    body: { node: 'signaling-1', facts: [{ type, idempotencyKey: randomUUID(), at, ...seat }] },
  });
  return at;
}

async function entryOf({ visitId }: SeatKey): Promise<QueueEntry | undefined> {
  const { entries } = await scene.doctor.call(today);
  return entries.find((entry) => entry.visitId === visitId);
}

/** What the doctor's walk-in page tells who thinks of coming in. */
async function countWaiting(): Promise<number> {
  const params = { slug: scene.clinic.walkInSlug };
  return (await scene.api.client().call(endpoints.providers.walkIn, { params })).waitingCount;
}

async function lastAuditOf(visitId: VisitId) {
  return scene.api.database.prisma.auditEvent.findFirst({
    where: { entityId: visitId },
    orderBy: { id: 'desc' },
  });
}

describe('someone who is not there any more', () => {
  test('is absent since the connection was lost, and present again with the next one', async () => {
    const seat = await aGuest('Lost Connection');
    expect(await entryOf(seat)).toMatchObject({ isPresent: false, absence: null });
    await tell(seat, 'seat.connected');
    expect(await entryOf(seat)).toMatchObject({ isPresent: true, absence: null });
    const since = await tell(seat, 'seat.disconnected');
    expect(await entryOf(seat)).toMatchObject({ isPresent: false, absence: { since, hasLeft: false } });
    await tell(seat, 'seat.connected');
    expect(await entryOf(seat)).toMatchObject({ isPresent: true, absence: null });
  });

  test('has left when they said so, until they come back', async () => {
    const seat = await aWaitingGuest('Has Left');
    await tell(seat, 'seat.disconnected');
    await scene.api.settled();
    scene.api.signaling.take();
    await tell(seat, 'seat.left');
    expect(await entryOf(seat), 'given up is not gone').toMatchObject({ absence: { hasLeft: false } });
    const since = await tell(seat, 'seat.goodbye');
    expect(await entryOf(seat)).toMatchObject({ state: 'waiting', absence: { since, hasLeft: true } });
    await scene.api.settled();
    const pushed = scene.api.signaling.take().filter((push) => push.type === 'queue.changed');
    const shown = pushed.flatMap(({ entries }) => entries).find(({ visitId }) => visitId === seat.visitId);
    expect(shown?.absence, 'to whoever watches the queue').toEqual({ since, hasLeft: true });
    expect(
      pushed.flatMap(({ positions }) => positions),
      'nobody waits behind them',
    ).toEqual([]);
    await tell(seat, 'seat.connected');
    const lost = await tell(seat, 'seat.disconnected');
    expect(await entryOf(seat)).toMatchObject({ absence: { since: lost, hasLeft: false } });
    const { events } = await scene.doctor.call(record, { params: { visitId: seat.visitId } });
    expect(events.map(({ type }) => type)).toEqual(['scheduled', 'waiting', 'left']);
  });

  test('takes no place on the walk-in page from when they said that they leave', async () => {
    const before = await countWaiting();
    const seat = await aWaitingGuest('Counted Out');
    await tell(seat, 'seat.disconnected');
    expect(await countWaiting(), 'who lost the connection waits').toBe(before + 1);
    await tell(seat, 'seat.goodbye');
    expect(await countWaiting()).toBe(before);
    await tell(seat, 'seat.connected');
    expect(await countWaiting(), 'back again').toBe(before + 1);
  });

  test('when the process that they were connected to has gone', async () => {
    const seat = await aGuest('Restart');
    await tell(seat, 'seat.connected');
    scene.api.clock.advance(1_000);
    const at = scene.api.clock.now().toISOString();
    await scene.api.asSignaling(internalApiEndpoints.facts, {
      body: { node: 'signaling-1', facts: [{ type: 'signaling.started', idempotencyKey: randomUUID(), at }] },
    });
    expect(await entryOf(seat)).toMatchObject({ isPresent: false, absence: { since: at, hasLeft: false } });
  });
});

test('a walk-in that nobody is behind leaves the queue after a day, and is back with its guest', async () => {
  const [gone, stays] = [await aWaitingGuest('Gone Since Yesterday'), await aWaitingGuest('Still There')];
  await tell(gone, 'seat.disconnected');
  const cameAgo = (hours: number) =>
    scene.api.database.prisma.visit.updateMany({
      where: { id: { in: [gone.visitId, stays.visitId] } },
      data: { createdAt: new Date(scene.api.clock.now().getTime() - hours * 3_600_000) },
    });
  await cameAgo(23);
  expect(await entryOf(gone)).toMatchObject({ isPresent: false });
  await cameAgo(25);
  expect(await entryOf(gone)).toBeUndefined();
  expect(await entryOf(stays)).toMatchObject({ isPresent: true });
  await tell(gone, 'seat.connected');
  expect(await entryOf(gone)).toMatchObject({ isPresent: true });
});

describe('taking somebody out of the queue', () => {
  test('is for the doctor and for the desk, and leaves a trace', async () => {
    for (const [client, role] of [
      [scene.doctor, 'doctor'],
      [scene.desk, 'receptionist'],
    ] as const) {
      const seat = await aWaitingGuest(`Removed by the ${role}`);
      const params = { visitId: seat.visitId };
      expect(await client.call(cancel, { params })).toMatchObject({ state: 'cancelled' });
      expect(await entryOf(seat)).toBeUndefined();
      expect(await lastAuditOf(seat.visitId)).toMatchObject({
        action: 'visit.cancel',
        actorRole: role,
        outcome: 'success',
      });
      expect((await client.call(cancel, { params })).state, 'again').toBe('cancelled');
    }
  });

  test('works for someone who has never come in', async () => {
    const seat = await aGuest('Never Came');
    await scene.doctor.call(cancel, { params: { visitId: seat.visitId } });
    expect(await entryOf(seat)).toBeUndefined();
  });

  test('is refused for a visit that has begun, and for one that is over', async () => {
    const { visitId } = await aWaitingGuest('With The Doctor');
    const params = { visitId };
    await scene.doctor.call(start, { params });
    expect((await scene.desk.refused(cancel, { params })).code).toBe('VISIT_TRANSITION_REFUSED');
    await scene.doctor.call(end, { params });
    expect((await scene.desk.refused(cancel, { params })).code).toBe('VISIT_OVER');
    expect(await scene.doctor.call(get, { params })).toMatchObject({ state: 'ended' });
  });

  test('of another clinic is refused as if it were not there', async () => {
    const { visitId } = await aWaitingGuest('Stays');
    const params = { visitId };
    for (const stranger of [scene.foreignDoctor, scene.foreignDesk]) {
      expect((await stranger.refused(cancel, { params })).code).toBe('VISIT_NOT_FOUND');
    }
    expect((await scene.patient.refused(cancel, { params })).code).toBe('FORBIDDEN');
  });
});

test('an appointment whose visit runs tells so, and is not cancelled', async () => {
  const { id: appointmentId, visitId, visitState } = await scene.book();
  expect(visitState).toBe('scheduled');
  await scene.checkIn(visitId);
  const params = { appointmentId };
  expect(await scene.desk.call(endpoints.appointments.get, { params })).toMatchObject({
    status: 'arrived',
    visitState: 'waiting',
  });
  await scene.doctor.call(start, { params: { visitId } });
  expect((await scene.desk.refused(endpoints.appointments.cancel, { params })).code).toBe(
    'APPOINTMENT_NOT_CANCELLABLE',
  );
  expect(await scene.desk.call(endpoints.appointments.get, { params })).toMatchObject({
    status: 'arrived',
    visitState: 'in_progress',
  });
});
