import { seatSendingCap, type TransportParameters } from '@careconnect/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectNatively } from '../../testing/native-browser.ts';
import { CAMERA, createNativeCamera } from '../../testing/native-camera.ts';
import { vp8Parameters } from '../../testing/rtp-parameters.ts';
import { createUdpRelay } from '../../testing/udp-relay.ts';
import { aPair, aSeat, useTestVisits, type TestSeat } from '../../testing/test-visits.ts';

const CAP = seatSendingCap({ showsScreen: false });
/** Far more than anything but a whole picture takes, bits a second. */
const A_PICTURE = CAP / 2;
const visits = useTestVisits();

/** A seat in the room whose camera sends as much, whatever it has announced. */
async function aSender(seat: TestSeat, bitrate: number) {
  const { send } = await visits.open(seat);
  return aSenderTo(send, seat, bitrate);
}

async function aSenderTo(send: TransportParameters, seat: TestSeat, bitrate: number) {
  const camera = await createNativeCamera(send, bitrate);
  const { dtlsParameters } = camera;
  await visits.signaling.ask('transport:connect', { ...seat, direction: 'send', dtlsParameters });
  await visits.signaling.ask('seat:enter', { ...seat, isHeld: false });
  const { producerId } = await visits.signaling.ask('producer:create', {
    ...seat,
    kind: 'video',
    source: 'camera',
    rtpParameters: { ...vp8Parameters(CAMERA.mid), encodings: [{ ssrc: CAMERA.ssrc }] },
    paused: false,
  });
  return { seat, producerId, camera };
}

/** A seat in the room that is shown all of it. */
async function aViewer(seat: TestSeat) {
  const { recv } = await visits.open(seat);
  const browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await visits.signaling.ask('transport:connect', { ...seat, direction: 'recv', dtlsParameters });
  await browser.connected;
  const { consumers } = await visits.signaling.ask('seat:enter', { ...seat, isHeld: false });
  const shown = consumers.filter(({ seatId }) => seatId === seat.seatId).map(({ consumer }) => consumer);
  const consumerIds = shown.map(({ id }) => id);
  await visits.signaling.ask('consumer:set-paused', { ...seat, consumerIds, paused: false });
  return { browser, shown };
}

test('who floods a room is shown to nobody, and then thrown out; who sends all they may stays, and is seen', async () => {
  const [honest, flooding] = aPair();
  const viewer = aSeat(honest.roomId);
  const senders = await Promise.all([aSender(honest, CAP), aSender(flooding, 5 * CAP)]);
  const { browser, shown } = await aViewer(viewer);
  const consumerOf = ({ producerId }: { producerId: string }) =>
    shown.find((consumer) => consumer.producerId === producerId)?.id;
  const [of, ofFlooding] = senders.map(consumerOf);
  const inbound = async () => (await visits.signaling.ask('seat:stats', viewer)).inbound.bitrate;
  await Promise.all(senders.map(({ camera }) => camera.start()));

  await expect
    .poll(() => visits.signaling.seen('consumer:paused'), { timeout: 15_000 })
    .toContainEqual({ ...viewer, consumerId: ofFlooding, isProducerPaused: true });
  expect(visits.signaling.seen('seat:flooded')).toEqual([]);

  await expect.poll(() => visits.signaling.seen('seat:flooded'), { timeout: 15_000 }).toEqual([flooding]);
  await expect(visits.signaling.ask('seat:stats', flooding)).rejects.toThrow('MEDIA_REFUSED');
  expect(visits.sfu.counts()).toMatchObject({ seats: 2, producers: 1 });

  // The one who stays is looked at a few times more.
  await expect.poll(inbound, { timeout: 10_000 }).toBeGreaterThan(A_PICTURE);
  await delay(5_000);
  expect(await inbound()).toBeGreaterThan(A_PICTURE);
  expect(visits.signaling.seen('consumer:paused').map(({ consumerId }) => consumerId)).not.toContain(of);
  expect(visits.signaling.seen('seat:flooded')).toEqual([flooding]);
  for (const { camera } of senders) camera.close();
  browser.close();
}, 60_000);

/** Four seconds' worth too much at the most, by transports that are new. Once the seat has been expelled it fails. */
async function floodFor(seat: TestSeat): Promise<void> {
  const { camera } = await aSender(seat, 8 * CAP);
  await camera.start();
  await delay(1_000);
  camera.close();
}

test.each([
  ['has their transports made anew', () => undefined],
  ['leaves and comes back', (seat: TestSeat) => visits.signaling.ask('seat:close', seat)],
])(
  'who %s before each look is stopped as others are',
  async (_how, between) => {
    const [flooding, other] = aPair();
    await visits.open(other);
    const expelled = () => visits.signaling.seen('seat:flooded');
    let floods = 0;
    for (; floods < 12 && expelled().length === 0; floods += 1) {
      await floodFor(flooding).catch((error: unknown) => {
        if (expelled().length === 0) throw error;
      });
      await between(flooding);
    }
    expect(floods).toBeLessThan(8);
    expect(expelled()[0]).toEqual(flooding);
  },
  60_000,
);

test('what others send as if they were somebody costs that person nothing', async () => {
  const honest = aSeat();
  const { send } = await visits.open(honest);
  const relay = await createUdpRelay(send);
  const { camera } = await aSenderTo(relay.transport, honest, CAP / 2);
  await camera.start();
  relay.forge(16 * CAP);

  const arrived = async () => (await visits.bytesReceived(send.id)) * 8;
  // Twice what ends a flood.
  await expect.poll(arrived, { timeout: 40_000 }).toBeGreaterThan(2 * 10 * 2 * CAP);
  await delay(3_000);
  expect(visits.signaling.seen('seat:flooded')).toEqual([]);
  expect((await visits.signaling.ask('seat:stats', honest)).outbound.bitrate).toBeGreaterThan(CAP / 4);
  camera.close();
  relay.close();
}, 60_000);
