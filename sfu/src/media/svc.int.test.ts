import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestWorker } from '../testing/test-worker.ts';
import { startVp9Sender, type Vp9Sender } from '../testing/vp9-sender.ts';
import { BottleneckWatch } from './bottleneck.ts';
import { createKeyFrames, type KeyFrames } from './key-frames.ts';
import type { MediaWorker } from './media-worker.ts';
import { RoomPart } from './room-part.ts';
import { topLayer } from './tracks.ts';

let workers: readonly MediaWorker[];
/** Where the sender is, and where those are who watch. */
let near: RoomPart;
let far: RoomPart;
let keyFrames: KeyFrames;
let sender: Vp9Sender;
const SOON = { timeout: 8_000 };

beforeAll(async () => {
  workers = await Promise.all([0, 1].map((index) => startTestWorker(index)));
});
afterAll(() => Promise.all(workers.map((worker) => worker.close())));

beforeEach(async () => {
  const parts = await Promise.all(workers.map((worker) => RoomPart.create(worker)));
  [near, far] = parts as [RoomPart, RoomPart];
  keyFrames = createKeyFrames(createLogger({ name: 'test', level: 'silent' }));
  sender = await startVp9Sender(near.router);
  keyFrames.follow(sender.producer, near);
});
afterEach(() => {
  sender.stop();
  near.close();
  far.close();
});

test('everyone gets the layer that they want of one stream, also on another worker', async () => {
  expect(topLayer(sender.producer)).toBe(2);
  await far.bring({ producer: sender.producer, router: near.router });
  const [large, small] = await Promise.all([watch(far, 2), watch(near, 0)]);
  expect([large.type, small.type]).toEqual(['svc', 'svc']);
  await expect.poll(() => large.currentLayers?.spatialLayer, SOON).toBe(2);
  await expect.poll(() => small.currentLayers?.spatialLayer, SOON).toBe(0);
  await small.setPreferredLayers({ spatialLayer: 1 });
  await expect.poll(() => small.currentLayers?.spatialLayer, SOON).toBe(1);
  expect(large.currentLayers?.spatialLayer).toBe(2);
});

test('who wants a layer that is not sent sees one that is, and later what they wanted', async () => {
  const consumer = await watch(near, 2);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
  sender.setActiveLayers(1);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(0);
  sender.setActiveLayers(3);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
});

test('a silent sender is told apart from a narrow way, and so is their return', async () => {
  const consumer = await watch(near, 2);
  const told: (string | null)[] = [];
  new BottleneckWatch(consumer).onChanged = (bottleneck) => told.push(bottleneck);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, SOON).toBe(2);
  sender.setActiveLayers(0);
  await expect.poll(() => told, SOON).toEqual(['sender']);
  sender.setActiveLayers(3);
  await expect.poll(() => told, SOON).toEqual(['sender', null]);
});

async function watch(part: RoomPart, spatialLayer: number): Promise<types.Consumer> {
  const consumer = await part.direct.consume({
    producerId: sender.producer.id,
    rtpCapabilities: part.router.rtpCapabilities,
    paused: true,
    preferredLayers: { spatialLayer },
  });
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  return consumer;
}
