import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SEATS_ON_A_WORKER } from '../media/rooms/room-parts.ts';
import { connectNatively } from '../testing/native-browser.ts';
import { CAMERA, createNativeCamera } from '../testing/native-camera.ts';
import { vp8Parameters } from '../testing/rtp-parameters.ts';
import { useTestNodes } from '../testing/test-nodes.ts';
import { aSeat, openSeat } from '../testing/test-visits.ts';

/** Far more than anything but the picture takes, bits a second. */
const A_PICTURE = 100_000;
/** Far more than anybody may send, bits a second. */
const A_FLOOD = 20_000_000;
const nodes = useTestNodes();

/** A seat with a browser at each end, and a camera in one of them. */
async function aPerson(roomId = aSeat().roomId, bitrate?: number, seat = aSeat(roomId)) {
  const { send, recv } = await openSeat(nodes.signaling, seat);
  const [camera, browser] = await Promise.all([createNativeCamera(send, bitrate), connectNatively(recv)]);
  const ends = { send: camera, recv: browser } as const;
  for (const direction of ['send', 'recv'] as const) {
    const { dtlsParameters } = ends[direction];
    await nodes.signaling.ask('transport:connect', { ...seat, direction, dtlsParameters });
  }
  await Promise.all([camera.start(), browser.connected]);
  await nodes.signaling.ask('seat:enter', { ...seat, isHeld: false });
  const { producerId } = await nodes.signaling.ask('producer:create', {
    ...seat,
    kind: 'video',
    source: 'camera',
    rtpParameters: { ...vp8Parameters(CAMERA.mid), encodings: [{ ssrc: CAMERA.ssrc }] },
    paused: false,
  });
  const close = (): void => [camera, browser].forEach((end) => end.close());
  return { seat, producerId, close };
}

test('a picture flows from each node to the other, stops with its owner and with a hold', async () => {
  const here = await aPerson();
  const { roomId } = here.seat;
  for (let count = 1; count < SEATS_ON_A_WORKER; count += 1) await openSeat(nodes.signaling, aSeat(roomId));
  const there = await aPerson(roomId);
  expect(nodes.other.counts()).toMatchObject({ seats: 1, producers: 1 });

  const shown = async ({ seat }: typeof here) =>
    (await nodes.signaling.ask('seat:stats', seat)).inbound.bitrate;
  const flows = async () => (await Promise.all([here, there].map(shown))).map((rate) => rate > A_PICTURE);
  const hold = (isHeld: boolean) => nodes.signaling.ask('room:set-held', { roomId, isHeld });
  const pause = ({ seat, producerId }: typeof here, paused: boolean) =>
    nodes.signaling.ask('producer:set-paused', { ...seat, producerId, paused });

  await nodes.watchAll(here.seat);
  await nodes.watchAll(there.seat);
  const within = { timeout: 5_000 };
  await expect.poll(flows, within).toEqual([true, true]);
  await pause(there, true);
  await expect.poll(flows, within).toEqual([false, true]);
  await Promise.all([pause(there, false), pause(here, true)]);
  await expect.poll(flows, within).toEqual([true, false]);
  await pause(here, false);
  await expect.poll(flows, within).toEqual([true, true]);
  await hold(true);
  await expect.poll(flows, within).toEqual([false, false]);
  await hold(false);
  await expect.poll(flows, within).toEqual([true, true]);
  here.close();
  there.close();
}, 40_000);

test('who floods a room from another node is shown to nobody, then loses their place in it, and the others stay', async () => {
  const here = await aPerson();
  const { roomId } = here.seat;
  for (let count = 1; count < SEATS_ON_A_WORKER; count += 1) await openSeat(nodes.signaling, aSeat(roomId));
  const there = await aPerson(roomId, A_FLOOD / 2);
  expect(nodes.other.counts()).toMatchObject({ seats: 1, producers: 1 });
  const { id: consumerId } = await nodes.view(here.seat, there.seat);
  await expect
    .poll(() => nodes.signaling.seen('consumer:paused'), { timeout: 15_000 })
    .toContainEqual({ ...here.seat, consumerId, isProducerPaused: true });
  expect(nodes.signaling.seen('seat:flooded')).toEqual([]);
  await expect.poll(() => nodes.signaling.seen('seat:flooded'), { timeout: 15_000 }).toEqual([there.seat]);
  await expect.poll(() => nodes.other.counts()).toMatchObject({ seats: 0, producers: 0 });
  expect(nodes.home.counts()).toMatchObject({ seats: SEATS_ON_A_WORKER, producers: 1 });
  here.close();
  there.close();
}, 50_000);

test('nor does it help them to have their transports there made anew', async () => {
  const { roomId } = aSeat();
  for (let count = 0; count < SEATS_ON_A_WORKER; count += 1) await openSeat(nodes.signaling, aSeat(roomId));
  const seat = aSeat(roomId);
  const expelled = () => nodes.signaling.seen('seat:flooded');
  let floods = 0;
  for (; floods < 12 && expelled().length === 0; floods += 1) {
    try {
      const { close } = await aPerson(roomId, A_FLOOD, seat);
      expect(nodes.other.counts()).toMatchObject({ seats: 1 });
      await delay(1_000);
      close();
    } catch (error) {
      if (expelled().length === 0) throw error;
    }
  }
  expect(floods).toBeLessThan(8);
  expect(expelled()[0]).toEqual(seat);
}, 60_000);
