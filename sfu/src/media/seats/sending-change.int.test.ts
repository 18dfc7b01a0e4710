import { ROUTER_RTP_CAPABILITIES } from '@careconnect/contracts';
import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import { opusParameters } from '../../testing/rtp-parameters.ts';
import { aSeat } from '../../testing/test-visits.ts';
import { useTwoParts } from '../../testing/two-parts.ts';
import { createKeyFrames } from '../pictures/key-frames.ts';
import { Seat } from './seat.ts';
import { SendingAccounts } from './sending-accounts.ts';

const parts = useTwoParts();
const log = createLogger({ name: 'test', level: 'silent' });
const nothing = (): void => undefined;

/** What the workers' clock says. */
function workersNow(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** A seat of somebody who has sent far too much, and has just ceased. */
async function aHeldBackSeat() {
  const { roomId, seatId } = aSeat();
  const sending = new SendingAccounts({ factor: 1 });
  const { overdraft } = sending.use(seatId);
  overdraft.count({ bytes: 0, atMs: workersNow() }, 8);
  overdraft.count({ bytes: 9, atMs: workersNow() }, 8);
  const seat = await Seat.create({
    part: parts.near,
    keyFrames: createKeyFrames(log),
    roomId,
    seatId,
    rtpCapabilities: ROUTER_RTP_CAPABILITIES,
    announce: nothing,
    log,
    abandonAfterMs: 60_000,
    sending,
    onAbandoned: nothing,
    onFlooded: nothing,
    onClosed: nothing,
    onFlowChanged: nothing,
    onWishChanged: nothing,
  });
  await expect.poll(() => seat.isTooMuch).toBe(true);
  return { seat, makeGood: () => overdraft.count({ bytes: 0, atMs: workersNow() + 60_000 }, 8) };
}

test('what is let go on while a track is made flows', async () => {
  const transports: types.Transport[] = [];
  parts.near.router.observer.on('newtransport', (transport) => transports.push(transport));
  const { seat, makeGood } = await aHeldBackSeat();
  const pausing = Promise.withResolvers<void>();
  const paused = Promise.withResolvers<void>();
  for (const transport of transports) {
    transport.observer.on('newproducer', (producer) => {
      const pause = producer.pause.bind(producer);
      producer.pause = async () => {
        await pause();
        pausing.resolve();
        await paused.promise;
      };
    });
  }
  const producing = seat.produce({
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opusParameters(),
    paused: false,
    isHeld: false,
  });
  await pausing.promise;
  makeGood();
  await expect.poll(() => seat.isTooMuch, { timeout: 5_000 }).toBe(false);
  paused.resolve();
  const track = await producing;
  await expect.poll(() => track.producer.paused).toBe(false);
  expect(track.isPaused).toBe(false);
  seat.close();
});
