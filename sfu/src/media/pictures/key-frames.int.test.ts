import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestWorker } from '../../testing/test-worker.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { createKeyFrames, KEY_FRAME_SPACING_MS, type KeyFrames } from './key-frames.ts';

let worker: MediaWorker;
let router: types.Router;
let viewers: types.DirectTransport;
let keyFrames: KeyFrames;
let sender: Vp8Sender;

beforeAll(async () => {
  worker = await startTestWorker();
});
afterAll(() => worker.close());

beforeEach(async () => {
  router = await worker.createRouter();
  viewers = await router.createDirectTransport();
  const log = createLogger({ name: 'test', level: 'silent' });
  keyFrames = createKeyFrames(log);
  sender = await startVp8Sender(router);
  keyFrames.follow(sender.producer, { router, direct: viewers });
  const first = await consume(2);
  await picture(first);
  // The worker starts a new stream on the lowest layer.
  await expect.poll(() => first.currentLayers?.spatialLayer, { timeout: 5_000 }).toBe(2);
  await untilQuiet();
});
afterEach(() => router.close());

test('many who join at once share requests that the browser serves', async () => {
  const before = sender.requests.length;
  const startedAt = performance.now();
  const pictures: Promise<void>[] = [];
  for (let viewer = 0; viewer < 40; viewer += 1) {
    pictures.push(join(2));
    // Seven arrive within one spacing: when they come is what is tested.
    await delay(KEY_FRAME_SPACING_MS / 7);
  }
  await Promise.all(pictures);
  const asked = sender.requests.slice(before);
  const dropped = asked.filter(({ fate }) => fate === 'dropped').length;
  // The worker asks once a spacing, for the layer they want; we may once more, for another one.
  const spacings = Math.ceil((performance.now() - startedAt) / KEY_FRAME_SPACING_MS) + 1;
  expect(asked.length).toBeLessThanOrEqual(2 * spacings);
  // Each join for itself would have had most of its requests dropped.
  expect(dropped).toBeLessThan(asked.length / 2);
});

test('who needs another layer just after a keyframe is helped through a layer with nothing pending', async () => {
  await join(2);
  const before = sender.requests.length;
  await join(0);
  const [dropped, answered] = sender.requests.slice(before);
  expect(dropped).toMatchObject({ fate: 'dropped' });
  expect(answered).toMatchObject({ fate: 'served' });
  expect(answered?.ssrc).not.toBe(dropped?.ssrc);
});

test('a request that the network has lost is made good before the worker repeats it', async () => {
  const before = sender.requests.length;
  sender.loseNextRequest();
  await join(1);
  const [lost, answered] = sender.requests.slice(before);
  expect(lost).toMatchObject({ fate: 'lost' });
  expect(answered).toMatchObject({ fate: 'served' });
  expect(answered?.ssrc).not.toBe(lost?.ssrc);
});

test('who waits for a layer that does not come sees the lowest, and later what they wanted', async () => {
  sender.setActiveLayers(1);
  const consumer = await consume(2);
  await picture(consumer);
  expect(consumer.currentLayers?.spatialLayer).toBe(0);
  sender.setActiveLayers(3);
  await expect.poll(() => consumer.currentLayers?.spatialLayer, { timeout: 5_000 }).toBe(2);
});

test('who is there before the first frame gets a layer with it, and no keyframe is made in vain', async () => {
  const late = await startVp8Sender(router, { activeLayers: 0 });
  keyFrames.follow(late.producer, { router, direct: viewers });
  const begun = new Promise((resolve) => late.producer.once('score', resolve));
  late.probe();
  await begun;
  const consumer = await consume(2, late.producer.id, await farViewer());
  const seen = new Promise((resolve) => consumer.once('layerschange', resolve));
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  late.setActiveLayers(1);
  await seen;
  // One because the first packet was none, and one for the layer.
  expect(late.requests.filter(({ fate }) => fate === 'served')).toHaveLength(2);
  // Whoever has settled for less on the way wants the same again a moment after the first picture.
  await expect.poll(() => consumer.preferredLayers).toEqual({ spatialLayer: 2, temporalLayer: 2 });
});

test('one request is enough when nothing goes wrong', async () => {
  const before = sender.requests.length;
  await join(1);
  await untilQuiet();
  expect(sender.requests.length - before).toBe(1);
});

test('nobody is asked on behalf of the paused', async () => {
  const silent = await startVp8Sender(router);
  keyFrames.follow(silent.producer, { router, direct: viewers });
  await picture(await consume(0, silent.producer.id));
  silent.setActiveLayers(0);
  await sender.producer.pause();
  const [ofPaused, ofSilent] = [await consume(0), await consume(0, silent.producer.id)];
  // The worker asks no paused browser, whoever wants it to, so what counts is who asks the worker.
  const asked: string[] = [];
  viewers.observer.on('newconsumer', ({ producerId }) => asked.push(producerId));
  for (const consumer of [ofPaused, ofSilent]) {
    keyFrames.expectPicture(consumer);
    await consumer.resume();
  }
  // Whoever is waited for at the same time has been helped twice by then.
  await expect
    .poll(() => asked.filter((id) => id === silent.producer.id), { timeout: 5_000 })
    .toHaveLength(2);
  expect(asked).not.toContain(sender.producer.id);
});

/** One over a network, of which the worker guesses how much it carries. */
async function farViewer(): Promise<types.PlainTransport> {
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  const { localPort: port } = transport.tuple;
  // To itself, where what comes from an unknown sender is thrown away.
  await transport.connect({ ip: '127.0.0.1', port });
  return transport;
}

function consume(
  spatialLayer: number,
  producerId = sender.producer.id,
  transport: types.Transport = viewers,
): Promise<types.Consumer> {
  return transport.consume({
    producerId,
    rtpCapabilities: router.rtpCapabilities,
    paused: true,
    preferredLayers: { spatialLayer },
  });
}

/** Neither the worker nor the browser tells when it would listen again: only that nothing was asked for so long. */
async function untilQuiet(): Promise<void> {
  for (let asked = -1; asked < sender.requests.length;) {
    asked = sender.requests.length;
    await delay(2 * KEY_FRAME_SPACING_MS);
  }
}

async function join(spatialLayer: number): Promise<void> {
  await picture(await consume(spatialLayer));
}

/** Resumes as a seat does, and waits for the first packet of a picture. */
async function picture(consumer: types.Consumer): Promise<void> {
  const seen = new Promise<void>((resolve) => consumer.once('rtp', () => resolve()));
  keyFrames.expectPicture(consumer);
  await consumer.resume();
  await seen;
}
