import { createLogger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { createKeyFrames, KEY_FRAME_SPACING_MS } from '../media/pictures/key-frames.ts';
import { LOOPBACK_PIPE } from '../testing/test-nodes.ts';
import { useTwoParts } from '../testing/two-parts.ts';
import { startVp8Sender, type Vp8Sender } from '../testing/vp8-sender.ts';
import { Pipe, type PipeOptions } from './pipe.ts';

const parts = useTwoParts();
let sender: Vp8Sender;

beforeEach(async () => {
  sender = await startVp8Sender(parts.near.router);
});

async function aPipe(options: PipeOptions = LOOPBACK_PIPE): Promise<readonly [Pipe, Pipe]> {
  const [a, b] = await Promise.all([
    Pipe.open(parts.near.router, options),
    Pipe.open(parts.far.router, options),
  ]);
  await Promise.all([a.connect(b.end), b.connect(a.end)]);
  return [a, b];
}

/** The sender's track as it comes out at the far end. */
async function piped([from, to]: readonly [Pipe, Pipe], { producer } = sender): Promise<types.Producer> {
  const rtpParameters = await from.send(producer.id);
  const { kind, paused, id: producerId } = producer;
  return to.receive({ producerId, kind, rtpParameters, paused });
}

async function watch(producerId: string, spatialLayer: number): Promise<types.Consumer> {
  return parts.far.direct.consume({
    producerId,
    rtpCapabilities: parts.far.router.rtpCapabilities,
    paused: true,
    preferredLayers: { spatialLayer },
  });
}

async function untilPicture(consumer: types.Consumer): Promise<void> {
  const seen = new Promise<void>((resolve) => consumer.once('rtp', () => resolve()));
  await consumer.resume();
  await seen;
}

test('a picture comes through, in the layers that are wanted, encrypted and under its id', async () => {
  const pipe = await aPipe();
  const producer = await piped(pipe);
  expect(producer.id).toBe(sender.producer.id);
  expect(pipe.map(({ end }) => end.srtpParameters.keyBase64.length > 0)).toEqual([true, true]);
  const consumers = await Promise.all([2, 0].map((layer) => watch(producer.id, layer)));
  await Promise.all(consumers.map(untilPicture));
  for (const [index, layer] of [2, 0].entries()) {
    await expect.poll(() => consumers[index]?.currentLayers?.spatialLayer, { timeout: 5_000 }).toBe(layer);
  }
});

test('a keyframe that the network has lost is asked for again in time', async () => {
  const keyFrames = createKeyFrames(createLogger({ name: 'test', level: 'silent' }));
  const producer = await piped(await aPipe());
  keyFrames.follow(producer, parts.far);
  const show = async (layer: number): Promise<void> => {
    const consumer = await watch(producer.id, layer);
    keyFrames.expectPicture(consumer);
    await untilPicture(consumer);
  };
  await show(2);
  await delay(2 * KEY_FRAME_SPACING_MS);
  const before = sender.requests.length;
  sender.loseNextRequest();
  const since = performance.now();
  await show(1);
  expect(performance.now() - since).toBeLessThan(1_000);
  expect(sender.requests.slice(before).map(({ fate }) => fate)).toContain('lost');
});

test('what is sent without its key does not come through', async () => {
  const [from, to] = await Promise.all([
    Pipe.open(parts.near.router, LOOPBACK_PIPE),
    Pipe.open(parts.far.router, LOOPBACK_PIPE),
  ]);
  const { srtpParameters } = (await Pipe.open(parts.far.router, LOOPBACK_PIPE)).end;
  await from.connect(to.end);
  await to.connect({ ...from.end, srtpParameters });
  const consumer = await watch((await piped([from, to])).id, 0);
  let seen = 0;
  consumer.on('rtp', () => (seen += 1));
  await consumer.resume();
  await delay(500);
  expect(seen).toBe(0);
});

test('it keeps to the ports that it is given', async () => {
  const [{ end }] = await aPipe();
  const spare = { min: end.port + 1, max: end.port + 20 };
  const [{ end: given }] = await aPipe({ ...LOOPBACK_PIPE, ports: spare });
  expect(given.port).toBeGreaterThanOrEqual(spare.min);
  expect(given.port).toBeLessThanOrEqual(spare.max);
});

test('two that could never reach each other are not joined', async () => {
  const pipe = await Pipe.open(parts.near.router, LOOPBACK_PIPE);
  await expect(pipe.connect({ ...pipe.end, ip: '::1' })).rejects.toThrow('did not accept');
});
