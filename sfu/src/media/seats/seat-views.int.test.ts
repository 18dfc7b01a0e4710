import { SeatId, VisitId } from '@careconnect/contracts';
import { createLogger } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { useTwoParts } from '../../testing/two-parts.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import { createKeyFrames } from '../pictures/key-frames.ts';
import { SeatViews } from './seat-views.ts';

const SOON = { timeout: 5_000 };

const parts = useTwoParts();
let sender: Vp8Sender;
let told: boolean[];

beforeEach(async () => {
  sender = await startVp8Sender(parts.near.router);
  told = [];
  const log = createLogger({ name: 'seat-views-test', level: 'silent' });
  const views = new SeatViews({
    roomId: VisitId.parse(randomUUID()),
    seatId: SeatId.parse(randomUUID()),
    part: parts.near,
    transport: await parts.near.router.createWebRtcTransport({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
    }),
    rtpCapabilities: parts.near.router.rtpCapabilities,
    keyFrames: createKeyFrames(log),
    log,
    isViewer: () => true,
    announce: (name, news) => {
      if (name === 'consumer:paused' && 'isProducerPaused' in news) told.push(news.isProducerPaused);
    },
    onFlowChanged: () => undefined,
    onWishChanged: () => undefined,
  });
  const view = await views.watch(sender.track);
  await views.setPaused([view?.consumer.id ?? ''], false);
  await expect.poll(() => sender.producer.score.length, SOON).toBeGreaterThan(0);
});

test('a viewer is told when somebody mutes and unmutes, and not when nothing comes from them', async () => {
  await sender.track.setPaused(true);
  await sender.track.setPaused(false);
  expect(told).toEqual([true, false]);
  await standStill(true);
  await standStill(false);
  expect(told).toEqual([true, false]);
});

test('who mutes, or is put on hold, while nothing comes from them, is shown as muted', async () => {
  await standStill(true);
  expect(told).toEqual([]);
  await sender.track.setPaused(true);
  await sender.track.setHeld(true);
  expect(told).toEqual([true]);
  await standStill(false);
  await sender.track.setPaused(false);
  expect(told).toEqual([true]);
  expect(sender.producer.paused).toBe(true);
  await sender.track.setHeld(false);
  expect(told).toEqual([true, false]);
  expect(sender.producer.paused).toBe(false);
});

async function standStill(isStill: boolean): Promise<void> {
  sender.setCut(isStill);
  await expect.poll(() => sender.track.standstill.isStill, SOON).toBe(isStill);
}
