import type { types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestWorker } from '../../testing/test-worker.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { BottleneckWatch } from './bottleneck.ts';
import { UNWATCHED } from './standstill.ts';

/** At 30 packets a second 144 kbit/s a layer, about what the smallest of a camera takes. */
const PACKET_BYTES = 600;
const TOO_LITTLE = 60_000;
/** 24 kbit/s. */
const MODEST_PACKET_BYTES = 100;

let worker: MediaWorker;
let router: types.Router;
let sender: Vp8Sender;
let viewer: types.PlainTransport;

beforeAll(async () => {
  worker = await startTestWorker();
});
afterAll(() => worker.close());

beforeEach(async () => {
  router = await worker.createRouter();
  sender = await startVp8Sender(router, { packetBytes: PACKET_BYTES });
  viewer = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  // To itself, where what comes from an unknown sender is thrown away.
  await viewer.connect({ ip: '127.0.0.1', port: viewer.tuple.localPort });
});
afterEach(() => router.close());

test('a picture for which there is no room is told of, and told of again when there is', async () => {
  const { consumer, told } = await watch();
  await expect.poll(() => consumer.currentLayers?.spatialLayer, { timeout: 5_000 }).toBeDefined();
  await viewer.setMaxOutgoingBitrate(TOO_LITTLE);
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['viewer']);
  // Nobody answers here, so the worker never learns that there is more room; but there can be less to send.
  sender.setPacketBytes(MODEST_PACKET_BYTES);
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['viewer', null]);
  expect(consumer.currentLayers).toBeDefined();
});

test('who looks away, or whose sender is muted, misses nothing; a silent sender is told apart', async () => {
  const { consumer, way, told } = await watch();
  await viewer.setMaxOutgoingBitrate(TOO_LITTLE);
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['viewer']);

  await consumer.pause();
  expect(way.bottleneck).toBeNull();
  await consumer.resume();
  await expect.poll(() => way.bottleneck, { timeout: 5_000 }).toBe('viewer');

  await sender.producer.pause();
  await expect.poll(() => way.bottleneck).toBeNull();
  await sender.producer.resume();
  await expect.poll(() => way.bottleneck, { timeout: 5_000 }).toBe('viewer');

  sender.setActiveLayers(0);
  await expect.poll(() => way.bottleneck, { timeout: 8_000 }).toBe('sender');
});

async function watch() {
  const consumer = await viewer.consume({
    producerId: sender.producer.id,
    rtpCapabilities: router.rtpCapabilities,
    paused: true,
  });
  const way = new BottleneckWatch(consumer, UNWATCHED);
  const told: (string | null)[] = [];
  way.onChanged = (bottleneck) => told.push(bottleneck);
  await consumer.resume();
  return { consumer, way, told };
}
