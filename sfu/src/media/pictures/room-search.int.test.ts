import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestWorker } from '../../testing/test-worker.ts';
import { startVp8Sender } from '../../testing/vp8-sender.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { createRoomSearch } from './room-search.ts';

/** At 30 packets a second 144 kbit/s a layer, about what the smallest of a camera takes. */
const PACKET_BYTES = 600;
const TOO_LITTLE = 60_000;
/** Two bursts take less, and the worker by itself tries every 5 s at most. */
const TRY_MS = 200;
/** Without headers. */
const TRY_BYTES = 3_000;

let worker: MediaWorker;

beforeAll(async () => {
  worker = await startTestWorker();
});
afterAll(() => worker.close());

test('the worker tries at once how much a way carries, with a few packets', async () => {
  const router = await worker.createRouter();
  const { rtpCapabilities } = router;
  const viewer = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  // To itself, where what comes from an unknown sender is thrown away.
  await viewer.connect({ ip: '127.0.0.1', port: viewer.tuple.localPort });
  const sender = await startVp8Sender(router, { packetBytes: PACKET_BYTES });
  const consumer = await viewer.consume({ producerId: sender.producer.id, rtpCapabilities });
  await expect.poll(() => consumer.currentLayers?.spatialLayer, { timeout: 5_000 }).toBeDefined();
  await viewer.setMaxOutgoingBitrate(TOO_LITTLE);
  await expect.poll(() => consumer.currentLayers, { timeout: 5_000 }).toBeUndefined();

  const [before] = await viewer.getStats();
  const limits = vi.spyOn(viewer, 'setMaxOutgoingBitrate');
  createRoomSearch(viewer).setWaiting(consumer, true);
  // The first one only takes the place of the limit that is there.
  await vi.waitUntil(() => limits.mock.calls.length === 2, 5_000);
  await delay(TRY_MS);
  const [after] = await viewer.getStats();
  const tried = (after?.probationBytesSent ?? 0) - (before?.probationBytesSent ?? 0);
  expect(tried).toBeGreaterThan(0);
  expect(tried).toBeLessThan(TRY_BYTES);
});
