import { VISIT_MAX_SEATS } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { opusParameters } from '../../testing/rtp-parameters.ts';
import { useTestSfu } from '../../testing/test-sfu.ts';
import { aSeat, openSeat, type TestSeat } from '../../testing/test-visits.ts';
import { SEATS_ON_A_WORKER } from './room-parts.ts';

const node = useTestSfu({ workers: 2 });

function roomCounts(): number[] {
  return node.sfu.workers.map(({ roomCount }) => roomCount);
}

/** So many in one room, all at once, of whom everyone has entered and sends sound. */
async function aRoomOf(count: number): Promise<TestSeat[]> {
  const { roomId } = aSeat();
  const seats = Array.from({ length: count }, () => aSeat(roomId));
  await Promise.all(seats.map((seat) => openSeat(node.signaling, seat)));
  await Promise.all(seats.map((seat) => node.signaling.ask('seat:enter', { ...seat, isHeld: false })));
  await Promise.all(
    seats.map((seat) =>
      node.signaling.ask('producer:create', {
        ...seat,
        kind: 'audio',
        source: 'microphone',
        rtpParameters: opusParameters(),
        paused: false,
      }),
    ),
  );
  return seats;
}

async function consumersOf(seat: TestSeat) {
  const { consumers } = await node.signaling.ask('seat:enter', { ...seat, isHeld: false });
  return consumers.filter(({ seatId }) => seatId === seat.seatId);
}

test('a room that is large is on two workers, and everybody gets everybody', async () => {
  const seats = await aRoomOf(VISIT_MAX_SEATS);
  expect(roomCounts()).toEqual([1, 1]);
  for (const seat of seats) expect(await consumersOf(seat)).toHaveLength(VISIT_MAX_SEATS - 1);
  expect(node.sfu.counts().consumers).toBe(VISIT_MAX_SEATS * (VISIT_MAX_SEATS - 1));
});

test('a room that is not is on one, also when somebody gets new transports', async () => {
  const seats = await aRoomOf(SEATS_ON_A_WORKER);
  for (const seat of seats) await openSeat(node.signaling, seat);
  expect(roomCounts().toSorted()).toEqual([0, 1]);
});

test('where there is no other worker a room stays on the one it has', async () => {
  await node.replace({ workers: 1 });
  await aRoomOf(SEATS_ON_A_WORKER + 1);
  expect(roomCounts()).toEqual([1]);
});

test('who mutes and who leaves is told to all, on whatever worker they are', async () => {
  const seats = await aRoomOf(SEATS_ON_A_WORKER + 2);
  const [first] = seats;
  if (!first) throw new Error('a room without seats');
  const others = seats.filter((seat) => seat !== first).map(({ seatId }) => seatId);
  const [watched] = (await consumersOf(seats.at(-1) ?? first)).filter(
    ({ producerSeatId }) => producerSeatId === first.seatId,
  );
  await node.signaling.ask('producer:set-paused', {
    ...first,
    producerId: watched?.consumer.producerId ?? '',
    paused: true,
  });
  const told = (event: 'consumer:paused' | 'consumer:closed') =>
    node.signaling
      .seen(event)
      .map(({ seatId }) => seatId)
      .toSorted();
  await expect.poll(() => told('consumer:paused')).toEqual(others.toSorted());
  await node.signaling.ask('seat:close', first);
  await expect.poll(() => told('consumer:closed')).toEqual(others.toSorted());
});

test('a room of which one worker dies is lost as a whole, once', async () => {
  const [seat] = await aRoomOf(SEATS_ON_A_WORKER + 1);
  if (!seat) throw new Error('a room without seats');
  process.kill(node.sfu.workers[1]?.pid ?? 0, 'SIGKILL');
  expect(await node.signaling.event('room:lost')).toEqual({ roomId: seat.roomId });
  await openSeat(node.signaling, seat);
  expect(node.signaling.seen('room:lost')).toHaveLength(1);
  expect(node.sfu.counts()).toMatchObject({ rooms: 1, seats: 1 });
});
