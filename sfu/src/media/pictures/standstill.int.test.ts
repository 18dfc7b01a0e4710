import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { useTwoParts } from '../../testing/two-parts.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import { BottleneckWatch } from './bottleneck.ts';
import { createKeyFrames, type KeyFrames } from './key-frames.ts';
import type { Standstill } from './standstill.ts';

const SOON = { timeout: 5_000 };
/** The worker has heard of some good seconds by then, and after an outage of this length forgets them if left alone. */
const SOME_SECONDS_MS = 2_500;

const parts = useTwoParts();
let keyFrames: KeyFrames;
let sender: Vp8Sender;

beforeEach(async () => {
  keyFrames = createKeyFrames(createLogger({ name: 'standstill-test', level: 'silent' }));
  sender = await startVp8Sender(parts.near.router);
  keyFrames.follow(sender.producer, parts.near);
});

test('a picture that is back after an outage stays', async () => {
  const { consumer, way, losses } = await watch(sender.track.standstill);
  await goThroughOutage(() => expect.poll(() => way.bottleneck, SOON).toBe('sender'));
  await expect.poll(() => consumer.currentLayers, SOON).toBeDefined();
  expect(way.bottleneck).toBeNull();
  const lossesSoFar = losses.length;
  // The report that counts what was lost.
  await expect.poll(() => scores().some((score) => score > 0 && score < 10), SOON).toBe(true);
  expect(losses).toHaveLength(lossesSoFar);
  expect(consumer.currentLayers).toBeDefined();
});

test('the worker asks for no keyframe of a sender from whom nothing comes', async () => {
  await watch(sender.track.standstill);
  await goThroughOutage(() => expect.poll(() => sender.track.standstill.isStill, SOON).toBe(true));
  const before = sender.requests.length;
  await expect.poll(() => sender.requests.slice(before).map(({ fate }) => fate), SOON).toContain('served');
  expect(sender.requests.filter(({ fate }) => fate === 'lost')).toEqual([]);
});

test('of a picture that its owner has paused nothing is expected', async () => {
  const { way } = await watch(sender.track.standstill);
  await sender.track.setPaused(true);
  sender.setCut(true);
  await delay(SOME_SECONDS_MS);
  expect(sender.track.standstill.isStill).toBe(false);
  expect(way.bottleneck).toBeNull();
  sender.setCut(false);
  await sender.track.setPaused(false);
  await expect.poll(() => sender.producer.paused).toBe(false);
});

test('who pauses while nothing comes from them stays paused', async () => {
  await watch(sender.track.standstill);
  sender.setCut(true);
  await expect.poll(() => sender.track.standstill.isStill, SOON).toBe(true);
  expect(sender.track.isPaused).toBe(false);
  await sender.track.setPaused(true);
  sender.setCut(false);
  await expect.poll(() => sender.track.standstill.isStill, SOON).toBe(false);
  expect(sender.producer.paused).toBe(true);
  await sender.track.setPaused(false);
  expect(sender.producer.paused).toBe(false);
});

test('reports of a camera that has stopped are no sign of it', async () => {
  const { way } = await watch(sender.track.standstill);
  sender.setActiveLayers(0);
  await expect.poll(() => way.bottleneck, SOON).toBe('sender');
  expect(sender.track.standstill.isStill).toBe(true);
});

test('who is not watched may send nothing, and is seen from their first packet on', async () => {
  const { consumer } = await watch(sender.track.standstill);
  await consumer.pause();
  sender.setCut(true);
  await delay(SOME_SECONDS_MS);
  expect(sender.track.standstill.isStill).toBe(false);
  expect(sender.producer.paused).toBe(false);
});

async function goThroughOutage(untilItShows: () => Promise<unknown>): Promise<void> {
  await delay(SOME_SECONDS_MS);
  sender.setCut(true);
  await delay(SOME_SECONDS_MS);
  await untilItShows();
  sender.setCut(false);
}

function scores(): number[] {
  return sender.producer.score.map(({ score }) => score);
}

async function watch(standstill: Standstill) {
  const consumer = await parts.near.direct.consume({
    producerId: sender.producer.id,
    rtpCapabilities: parts.near.router.rtpCapabilities,
    paused: true,
  });
  const losses: unknown[] = [];
  consumer.on('layerschange', (layers?: types.ConsumerLayers) => {
    if (!layers) losses.push(layers);
  });
  const way = new BottleneckWatch(consumer, standstill);
  keyFrames.watchReturns(consumer, standstill);
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  await expect.poll(() => consumer.currentLayers, SOON).toBeDefined();
  return { consumer, way, losses };
}
