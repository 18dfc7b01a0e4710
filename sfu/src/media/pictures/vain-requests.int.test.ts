import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestWorker } from '../../testing/test-worker.ts';
import { startVp8Sender, type Vp8Sender } from '../../testing/vp8-sender.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { onVainRequests } from './vain-requests.ts';

/** All that a worker does on a request has been done. */
const SETTLED_MS = 200;
/** Longer than the worker keeps what it has sent. */
const OUTAGE_MS = 2_600;

let worker: MediaWorker;
let router: types.Router;
let viewer: types.DirectTransport;
let sender: Vp8Sender;
let consumer: types.Consumer;
let newest: number;
const helped = vi.fn();

beforeAll(async () => {
  worker = await startTestWorker();
});
afterAll(() => worker.close());

beforeEach(async () => {
  helped.mockClear();
  router = await worker.createRouter();
  viewer = await router.createDirectTransport();
  sender = await startVp8Sender(router, { activeLayers: 1 });
  const { rtpCapabilities } = router;
  consumer = await viewer.consume({ producerId: sender.producer.id, rtpCapabilities });
  onVainRequests(consumer, helped);
  const first = new Promise((resolve) => consumer.once('rtp', resolve));
  consumer.on('rtp', (packet) => (newest = packet.readUInt16BE(2)));
  await first;
});
afterEach(() => router.close());

test('who asks for what was sent a while ago is helped once, and again when that was of no use', async () => {
  await delay(OUTAGE_MS);
  const missed = Math.floor(OUTAGE_MS / 33);
  askFor(newest - missed, missed);
  await vi.waitFor(() => expect(helped).toHaveBeenCalledTimes(1));
  askFor(newest - missed, missed);
  await delay(SETTLED_MS);
  expect(helped, 'the keyframe is on its way').toHaveBeenCalledTimes(1);

  await delay(500);
  askFor(newest - missed, missed);
  await vi.waitFor(() => expect(helped).toHaveBeenCalledTimes(2));
});

test('who has lost what can be sent again, or asks too soon for it, needs no help', async () => {
  await delay(1_000);
  askFor(newest - 12, 12);
  await delay(SETTLED_MS);
  for (let times = 0; times < 3; times += 1) askFor(newest - 3, 3);
  await delay(SETTLED_MS);
  expect(helped).not.toHaveBeenCalled();
});

test('a consumer that ends meanwhile is no failure', async () => {
  askFor(newest - 1_000, 100);
  consumer.close();
  await delay(SETTLED_MS);
  expect(helped).not.toHaveBeenCalled();
});

/** A generic NACK (RFC 4585, section 6.2.1): PT 205, FMT 1, each item a packet and a mask of the 16 after it. */
function askFor(first: number, count: number): void {
  const items = Math.ceil(count / 17);
  const packet = Buffer.alloc(12 + 4 * items);
  packet.set([0x81, 205, 0, 2 + items]);
  packet.writeUInt32BE(consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, 8);
  for (let item = 0; item < items; item += 1) {
    const others = Math.min(16, count - 17 * item - 1);
    packet.writeUInt16BE((first + 17 * item) & 0xffff, 12 + 4 * item);
    packet.writeUInt16BE(2 ** others - 1, 14 + 4 * item);
  }
  viewer.sendRtcp(packet);
}
