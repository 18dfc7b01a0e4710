import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { useTwoParts } from '../../testing/two-parts.ts';
import { startVp9Sender, type Vp9Sender } from '../../testing/vp9-sender.ts';
import { topLayer } from '../seats/tracks.ts';
import type { RoomPart } from '../workers/room-part.ts';
import { BottleneckWatch } from './bottleneck.ts';
import { UNWATCHED } from './standstill.ts';
import { createKeyFrames, type KeyFrames } from './key-frames.ts';

const parts = useTwoParts();
let keyFrames: KeyFrames;
let sender: Vp9Sender;
const SOON = { timeout: 8_000 };
const AT_ONCE_MS = 500;
/** The worker is asked whether nothing comes, and then to tell of the next packet. */
const UNTIL_TOLD_MS = 200;

beforeEach(async () => {
  keyFrames = createKeyFrames(createLogger({ name: 'test', level: 'silent' }));
  sender = await startVp9Sender(parts.near.router);
  keyFrames.follow(sender.producer, parts.near);
});

test('everyone gets the layer that they want of one stream, also on another worker', async () => {
  expect(topLayer(sender.producer)).toBe(2);
  await parts.far.bring({ producer: sender.producer, router: parts.near.router });
  const [large, small] = await Promise.all([watch(parts.far, 2), watch(parts.near, 0)]);
  expect([large.type, small.type]).toEqual(['svc', 'svc']);
  await expect.poll(() => large.currentLayers?.spatialLayer, SOON).toBe(2);
  await expect.poll(() => small.currentLayers?.spatialLayer, SOON).toBe(0);
  await small.setPreferredLayers({ spatialLayer: 1 });
  await expect.poll(() => small.currentLayers?.spatialLayer, SOON).toBe(1);
  expect(large.currentLayers?.spatialLayer).toBe(2);
});

test('who wants a layer that is not sent sees one that is, and later what they wanted', async () => {
  const consumer = await watch(parts.near, 2);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
  sender.setActiveLayers(1);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(0);
  sender.setActiveLayers(3);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
});

test('a silent sender is told apart from a narrow way, and so is their return', async () => {
  const consumer = await watch(parts.near, 2);
  const told: (string | null)[] = [];
  new BottleneckWatch(consumer, UNWATCHED).onChanged = (bottleneck) => told.push(bottleneck);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
  sender.setActiveLayers(0);
  await expect.poll(() => told, SOON).toEqual(['sender']);
  sender.setActiveLayers(3);
  await expect.poll(() => told, SOON).toEqual(['sender', null]);
});

test.each([
  ['the same worker', () => parts.near],
  ['another worker', () => parts.far],
])('who watches a sender on %s sees them as soon as they are heard again', async (_where, part) => {
  await parts.far.bring({ producer: sender.producer, router: parts.near.router });
  const consumer = await watch(part(), 2);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
  const lost = new Promise<void>((resolve) =>
    consumer.on('layerschange', (layers) => {
      if (!layers) resolve();
    }),
  );
  sender.setCut(true);
  await lost;
  await delay(UNTIL_TOLD_MS);
  const seen = new Promise((resolve) => consumer.once('rtp', resolve));
  const startedAt = performance.now();
  sender.setCut(false);
  await seen;
  // The worker has just looked, and looks again after 1500 ms.
  expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
});

async function watch(part: RoomPart, spatialLayer: number): Promise<types.Consumer> {
  const consumer = await part.direct.consume({
    producerId: sender.producer.id,
    rtpCapabilities: part.router.rtpCapabilities,
    paused: true,
    preferredLayers: { spatialLayer },
  });
  keyFrames.watchReturns(consumer, UNWATCHED);
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  return consumer;
}
