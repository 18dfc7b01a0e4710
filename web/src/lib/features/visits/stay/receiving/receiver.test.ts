import type { PeerConsumer, SeatId } from '@careconnect/contracts';
import { Device } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { expect, it, vi } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { Receiver } from './receiver.ts';

it('negotiates ahead without letting anything flow, and names what is ready', async () => {
  const { receiver, resumed } = await aReceiver();
  const incoming = await receiver.prepare([camera, microphone]);
  expect(incoming.map(({ consumer }) => consumer)).toEqual([camera, microphone]);
  expect(receiver.ready).toEqual([camera.id, microphone.id]);
  expect(resumed).toEqual([]);
});

it('lets flow what was prepared, with what is new, and hands over each track once', async () => {
  const { receiver, resumed } = await aReceiver();
  await receiver.prepare([camera]);
  const incoming = await receiver.receive([camera, microphone]);
  expect(incoming.map(({ consumer }) => consumer)).toEqual([microphone]);
  await expect.poll(() => resumed).toEqual([[camera.id, microphone.id]]);
  expect(receiver.ready).toEqual([]);
  await receiver.receive([camera, microphone]);
  expect(resumed, 'what flows is not asked for again').toHaveLength(1);
});

it('waits for what is still being negotiated', async () => {
  const { receiver, resumed } = await aReceiver();
  const preparing = receiver.prepare([camera]);
  expect(await receiver.receive([camera])).toEqual([]);
  expect((await preparing).map(({ consumer }) => consumer)).toEqual([camera]);
  expect(resumed).toEqual([[camera.id]]);
});

it('hands over nothing whose sender has gone while it was negotiated', async () => {
  const { receiver, resumed } = await aReceiver();
  const preparing = receiver.prepare([camera]);
  receiver.drop(camera.id);
  expect(await preparing).toEqual([]);
  expect(receiver.ready).toEqual([]);
  await receiver.receive([microphone]);
  expect(resumed).toEqual([[microphone.id]]);
});

it('does not ask for what flows already', async () => {
  const { receiver, resumed } = await aReceiver();
  await receiver.prepare([camera, microphone]);
  receiver.markFlowing(receiver.ready);
  await receiver.receive([camera, microphone]);
  expect(resumed).toEqual([]);
});

it('gives another try to a track that could not be negotiated', async () => {
  const { receiver, transport } = await aReceiver();
  const consume = vi.spyOn(transport, 'consume').mockRejectedValueOnce(new Error('no such codec'));
  const complaint = vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
  expect(await receiver.receive([camera])).toEqual([]);
  expect(complaint).toHaveBeenCalledOnce();
  expect((await receiver.receive([camera])).map(({ consumer }) => consumer)).toEqual([camera]);
  expect(consume).toHaveBeenCalledTimes(2);
});

it('knows what has ended', async () => {
  const { receiver } = await aReceiver();
  await receiver.prepare([camera]);
  expect(receiver.holds(camera.id)).toBe(true);
  receiver.drop(camera.id);
  expect(receiver.holds(camera.id)).toBe(false);
});

it('asks again for what the server was not heard to let flow', async () => {
  const { receiver, resumed, loseNext } = await aReceiver();
  loseNext();
  await receiver.receive([camera]);
  await expect.poll(() => resumed).toHaveLength(1);
  expect(receiver.ready).toEqual([camera.id]);
  await receiver.receive([camera]);
  expect(resumed).toEqual([[camera.id], [camera.id]]);
});

const camera = aConsumer('camera', 'video/VP8');
const microphone = aConsumer('microphone', 'audio/opus');

function aConsumer(source: 'camera' | 'microphone', codecMimeType: string): PeerConsumer {
  const { id, producerId, kind, rtpParameters } = fakeParameters.generateConsumerRemoteParameters({
    codecMimeType,
  });
  return {
    id: id ?? source,
    producerId: producerId ?? source,
    kind: kind ?? 'video',
    rtpParameters: rtpParameters as PeerConsumer['rtpParameters'],
    source,
    seatId: 'seat-of-the-doctor' as SeatId,
    isProducerPaused: false,
    bottleneck: null,
  };
}

/** A receiver over a transport of mediasoup-client without a network. */
async function aReceiver() {
  const device = new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
  await device.load({ routerRtpCapabilities: fakeParameters.generateRouterRtpCapabilities() });
  const transport = device.createRecvTransport(fakeParameters.generateTransportRemoteParameters());
  transport.on('connect', (_parameters, done) => done());
  const resumed: string[][] = [];
  let isNextLost = false;
  const socket = {
    async request(name: string, { consumerIds }: { consumerIds: string[] }) {
      resumed.push(consumerIds);
      if (!isNextLost) return {};
      isNextLost = false;
      throw RequestError.disconnected(name);
    },
  } as unknown as SeatSocket;
  return {
    receiver: new Receiver({ transport, socket }),
    transport,
    resumed,
    loseNext: () => (isNextLost = true),
  };
}
