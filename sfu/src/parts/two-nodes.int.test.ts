import { ROUTER_RTP_CAPABILITIES, VISIT_MAX_SEATS } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { SEATS_ON_A_WORKER } from '../media/rooms/room-parts.ts';
import { connectNatively } from '../testing/native-browser.ts';
import { useTestNodes } from '../testing/test-nodes.ts';
import { aScreen, aSeat, idsOf, openSeat, type TestSeat } from '../testing/test-visits.ts';

const NOTHING = { rooms: 0, seats: 0, producers: 0, consumers: 0 };
const nodes = useTestNodes();

/** One at home and one elsewhere. */
async function aRoomOnBoth(): Promise<{ seats: TestSeat[]; here: TestSeat; there: TestSeat }> {
  const seats = await nodes.aRoomOf(SEATS_ON_A_WORKER + 1);
  const [here, there] = [seats[0], seats.at(-1)];
  if (!here || !there) throw new Error('a room without seats');
  return { seats, here, there };
}

test('a room that is large is on two nodes, and everybody gets everybody', async () => {
  const seats = await nodes.aRoomOf();
  const others = VISIT_MAX_SEATS - 1;
  for (const seat of seats) expect(await nodes.consumersOf(seat)).toHaveLength(2 * others);
  const half = { rooms: 1, seats: SEATS_ON_A_WORKER, producers: 2 * SEATS_ON_A_WORKER };
  const counted = { ...half, consumers: 2 * others * SEATS_ON_A_WORKER };
  expect([nodes.home.counts(), nodes.other.counts()]).toEqual([counted, counted]);
});

test('who mutes and who leaves is told to all, wherever both are', async () => {
  const { seats, here, there } = await aRoomOnBoth();
  const told = (event: 'consumer:paused' | 'consumer:closed') =>
    nodes.signaling
      .seen(event)
      .map(({ seatId }) => seatId)
      .toSorted();
  for (const [owner, viewer] of [
    [here, there],
    [there, here],
  ] as const) {
    const before = told('consumer:paused').length;
    const { producerId } = await nodes.view(viewer, owner);
    await nodes.signaling.ask('producer:set-paused', { ...owner, producerId, paused: true });
    await expect.poll(() => told('consumer:paused').length - before).toBe(seats.length - 1);
    expect((await nodes.view(viewer, owner)).isProducerPaused).toBe(true);
  }
  await nodes.signaling.ask('seat:close', there);
  const others = seats.filter((seat) => seat !== there).map(({ seatId }) => seatId);
  await expect.poll(() => told('consumer:closed')).toEqual([...others, ...others].toSorted());
  await nodes.signaling.ask('seat:close', here);
  await expect.poll(() => nodes.other.counts()).toMatchObject({ seats: 0, producers: 0 });
});

test('who receives whom is told of all, and ends for all with a hold', async () => {
  const { seats, here, there } = await aRoomOnBoth();
  await Promise.all(seats.map((seat) => nodes.watchAll(seat)));
  const received = () => nodes.signaling.seen('room:receivers').at(-1)?.receivers;
  const pairs = seats.length * (seats.length - 1);
  await expect.poll(received).toHaveLength(pairs);
  expect(received()).toContainEqual({
    producerSeatId: there.seatId,
    seatId: here.seatId,
    sources: ['camera', 'microphone'],
  });
  const { roomId } = here;
  await nodes.signaling.ask('room:set-held', { roomId, isHeld: true });
  await nodes.signaling.ask('seat:enter', { ...here, isHeld: true });
  await expect.poll(received).toEqual([]);
  await nodes.signaling.ask('producer:create', { ...there, ...aScreen(), paused: false });
  for (const seat of [here, there]) {
    const shown = await nodes.consumersOf(seat, true);
    expect(shown.filter(({ consumer }) => !consumer.isProducerPaused)).toEqual([]);
  }
  await nodes.signaling.ask('room:set-held', { roomId, isHeld: false });
  await nodes.signaling.ask('seat:enter', { ...here, isHeld: false });
  await expect.poll(received).toHaveLength(pairs);
});

test('senders are told what anybody watches, wherever both are', async () => {
  const { seats, here, there } = await aRoomOnBoth();
  const demanded = ({ seatId }: TestSeat) =>
    nodes.signaling.seen('producer:demand').findLast((told) => told.seatId === seatId)?.maxSpatialLayer;
  // Everyone else has them paused, and is inside: nobody watches.
  await expect.poll(() => [demanded(here), demanded(there)], { timeout: 6_000 }).toEqual([-1, -1]);
  for (const [owner, viewer, spatialLayer] of [
    [here, there, 1],
    [there, here, 2],
  ] as const) {
    const { id } = await nodes.view(viewer, owner);
    await nodes.signaling.ask('consumer:set-layers', { ...viewer, consumerId: id, layers: { spatialLayer } });
    await nodes.signaling.ask('consumer:set-paused', { ...viewer, consumerIds: [id], paused: false });
    await expect.poll(() => demanded(owner)).toBe(spatialLayer);
  }
  expect(seats).toHaveLength(SEATS_ON_A_WORKER + 1);
}, 15_000);

test('one screen is shown at a time, wherever it is', async () => {
  const { here, there } = await aRoomOnBoth();
  await nodes.signaling.ask('producer:create', { ...there, ...aScreen(), paused: false });
  expect(
    await nodes.signaling.askAnything('producer:create', { ...here, ...aScreen(), paused: false }),
  ).toMatchObject({ error: { code: 'SCREEN_TAKEN' } });
});

test('who is invited is prepared, and uninvited has nothing', async () => {
  const { here } = await aRoomOnBoth();
  const guest = aSeat(here.roomId);
  await openSeat(nodes.signaling, guest);
  expect(nodes.other.counts().seats).toBe(2);
  const invite = async (isInvited: boolean) =>
    (await nodes.signaling.ask('seat:set-invited', { ...guest, isInvited })).consumers;
  expect(await invite(true)).toHaveLength(2 * (SEATS_ON_A_WORKER + 1));
  const before = nodes.other.counts().consumers;
  expect(await invite(false)).toEqual([]);
  await expect.poll(() => before - nodes.other.counts().consumers).toBe(2 * (SEATS_ON_A_WORKER + 1));
  expect(
    await nodes.signaling.askAnything('consumer:set-paused', {
      ...guest,
      consumerIds: ['none'],
      paused: false,
    }),
  ).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
});

test('a browser connects to the other node, keeps its ends, and is measured there', async () => {
  const { there } = await aRoomOnBoth();
  const transports = await openSeat(nodes.signaling, there);
  const browser = await connectNatively(transports.recv);
  const { dtlsParameters } = browser;
  await nodes.signaling.ask('transport:connect', { ...there, direction: 'recv', dtlsParameters });
  await browser.connected;
  const find = async () => (await nodes.signaling.ask('room:find', { roomIds: [there.roomId] })).held;
  await expect.poll(find).toEqual([{ roomId: there.roomId, connected: 1 }]);
  const again = await nodes.signaling.ask('seat:open', {
    ...there,
    rtpCapabilities: ROUTER_RTP_CAPABILITIES,
    keep: idsOf(transports),
  });
  expect(idsOf(again.transports)).toEqual(idsOf(transports));
  const { iceParameters } = await nodes.signaling.ask('transport:restart-ice', {
    ...there,
    direction: 'recv',
  });
  expect(iceParameters).not.toEqual(transports.recv.iceParameters);
  expect(await nodes.signaling.ask('seat:stats', there)).toMatchObject({ outbound: {}, inbound: {} });
  expect(nodes.other.counts().seats).toBe(1);
  browser.close();
});

test('what ends at home ends elsewhere', async () => {
  const { here } = await aRoomOnBoth();
  expect(nodes.other.counts()).toMatchObject({ rooms: 1, seats: 1 });
  await nodes.signaling.ask('room:close', { roomId: here.roomId });
  await expect.poll(() => nodes.other.counts()).toEqual(NOTHING);
  expect(nodes.other.workers.map(({ roomCount }) => roomCount)).toEqual([0]);
});
