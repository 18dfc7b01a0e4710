import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { useTwoParts } from '../../testing/two-parts.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import { createKeyFrames, KEY_FRAME_SPACING_MS, type KeyFrames } from '../pictures/key-frames.ts';
import { onSimulcastHeard } from '../pictures/liveness.ts';
import { UNWATCHED } from '../pictures/standstill.ts';

const parts = useTwoParts();
let keyFrames: KeyFrames;
let sender: Vp8Sender;

beforeEach(async () => {
  keyFrames = createKeyFrames(createLogger({ name: 'test', level: 'silent' }));
  sender = await startVp8Sender(parts.near.router);
  keyFrames.follow(sender.producer, parts.near);
});

/** As a seat on the other worker has it. */
async function watch(spatialLayer = 2): Promise<types.Consumer> {
  await parts.far.bring({ producer: sender.producer, router: parts.near.router });
  return parts.far.direct.consume({
    producerId: sender.producer.id,
    rtpCapabilities: parts.far.router.rtpCapabilities,
    paused: true,
    preferredLayers: { spatialLayer },
  });
}

async function untilPicture(consumer: types.Consumer): Promise<void> {
  const seen = new Promise<void>((resolve) => consumer.once('rtp', () => resolve()));
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  await seen;
}

test('a picture reaches those on another worker, in the layer that they want', async () => {
  const [first, second] = await Promise.all([watch(2), watch(0)]);
  await Promise.all([untilPicture(first), untilPicture(second)]);
  expect(first.type).toBe('simulcast');
  await expect.poll(() => first.currentLayers?.spatialLayer, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => second.currentLayers?.spatialLayer).toBe(0);
  await first.setPreferredLayers({ spatialLayer: 1 });
  await expect.poll(() => first.currentLayers?.spatialLayer, { timeout: 5_000 }).toBe(1);
  const [stats] = await first.getStats();
  expect(stats).toMatchObject({ type: 'outbound-rtp', packetCount: expect.any(Number) as number });
  expect((await parts.far.router.dump()).transportIds).toHaveLength(2);
});

test('a keyframe that the network has lost is asked for again in time', async () => {
  await untilPicture(await watch(2));
  await delay(2 * KEY_FRAME_SPACING_MS);
  const before = sender.requests.length;
  sender.loseNextRequest();
  await untilPicture(await watch(1));
  const [lost, answered] = sender.requests.slice(before);
  expect(lost).toMatchObject({ fate: 'lost' });
  expect(answered).toMatchObject({ fate: 'served' });
});

test('what is paused, goes on and ends does so everywhere', async () => {
  const consumer = await watch();
  await untilPicture(consumer);
  const told: string[] = [];
  consumer.on('producerpause', () => told.push('paused'));
  consumer.on('producerresume', () => told.push('resumed'));
  consumer.on('producerclose', () => told.push('closed'));
  await sender.producer.pause();
  await expect.poll(() => told).toEqual(['paused']);
  expect(consumer.producerPaused).toBe(true);
  await sender.producer.resume();
  await expect.poll(() => told).toEqual(['paused', 'resumed']);
  await untilPicture(consumer);
  sender.producer.close();
  await expect.poll(() => told).toEqual(['paused', 'resumed', 'closed']);
});

test('what is paused already is paused on the other worker from the beginning', async () => {
  await sender.producer.pause();
  expect((await watch()).producerPaused).toBe(true);
});

test('a sender who falls silent is noticed, and so is their return', async () => {
  const consumer = await watch();
  const returned = vi.fn();
  onSimulcastHeard(consumer, returned);
  keyFrames.watchReturns(consumer, UNWATCHED);
  await untilPicture(consumer);
  await expect.poll(() => returned.mock.calls.length).toBe(1);
  sender.setActiveLayers(0);
  await expect.poll(() => consumer.score.producerScores, { timeout: 5_000 }).toEqual([0, 0, 0]);
  const seen = new Promise((resolve) => consumer.once('rtp', resolve));
  sender.setActiveLayers(3);
  await expect.poll(() => returned.mock.calls.length, { timeout: 5_000 }).toBe(2);
  await seen;
});
