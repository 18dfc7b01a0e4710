import type { VideoCodecs } from '@careconnect/contracts';
import { Device, type types } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { expect, it, vi } from 'vitest';
import type { Outgoing } from '../devices/outgoing.ts';
import { encodableCodecs } from '../encoding/video-codecs.ts';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { Publisher } from './publisher.ts';

const WITHOUT_VP9: VideoCodecs = ['video/VP8', 'video/H264'];
const WITH_VP9: VideoCodecs = ['video/VP9', ...WITHOUT_VP9];
const LIVE = { isLive: true, isHeld: false };
const HELD = { isLive: true, isHeld: true };
const MUTED_AND_HELD = { isLive: false, isHeld: true };

it('lets the server hold and let go on by itself, and only stops what leaves this device', async () => {
  const { publish, told, producer } = await aMicrophone(LIVE);
  await publish(HELD);
  expect(producer().track).toBeNull();
  await publish(LIVE);
  expect(producer().track).not.toBeNull();
  expect(told).toEqual(['create live']);
});

it('tells at once what is muted during a hold, and after it what was unmuted', async () => {
  const { publish, told } = await aMicrophone(LIVE);
  await publish(HELD);
  await publish(MUTED_AND_HELD);
  expect(told).toEqual(['create live', 'pause']);
  await publish(HELD);
  expect(told).toEqual(['create live', 'pause']);
  await publish(LIVE);
  expect(told).toEqual(['create live', 'pause', 'resume']);
});

it('sends nothing of what is made during a hold, and leaves its beginning to the server', async () => {
  const { publish, told, producer } = await aMicrophone(HELD);
  expect(producer().track).toBeNull();
  await publish(LIVE);
  expect(producer().track).not.toBeNull();
  expect(told).toEqual(['create live']);
});

it('asks again after the hold when a hold has overtaken its word', async () => {
  const { publish, told, producer, refuseNext } = await aMicrophone({ isLive: false, isHeld: false });
  const refusal = refuseNext();
  const unmuting = publish(LIVE);
  const holding = publish(HELD);
  refusal.reject(RequestError.refused({ code: 'VISIT_ON_HOLD', message: 'on hold', requestId: 'r-1' }));
  await Promise.all([unmuting, holding]);
  expect(producer().track).toBeNull();
  await publish(LIVE);
  expect(producer().track).not.toBeNull();
  expect(told).toEqual(['create paused', 'resume', 'resume']);
});

it('repeats a word whose answer was lost', async () => {
  const { publish, told, refuseNext } = await aMicrophone({ isLive: false, isHeld: false });
  const lost = refuseNext();
  const unmuting = publish(LIVE);
  lost.reject(RequestError.disconnected('producer:set-paused'));
  await expect(unmuting).rejects.toThrow();
  await publish(LIVE);
  expect(told).toEqual(['create paused', 'resume', 'resume']);
});

it('makes room for the screen of another when the own one is no longer shown', async () => {
  const { publisher, told } = await aPublisher();
  const track = aTrack('video');
  await publisher.set('screen', { track, ...LIVE });
  await publisher.set('screen', { track: null, isLive: false, isHeld: false });
  await publisher.set('screen', { track: null, isLive: false, isHeld: false });
  await publisher.set('screen', { track, ...LIVE });
  expect(told).toEqual(['create live', 'close', 'create live']);
});

it('sends a screen that is still shown over the next path too', async () => {
  const track = aTrack('video');
  for (const { publisher, told } of [await aPublisher(), await aPublisher()]) {
    await publisher.set('screen', { track, ...LIVE });
    expect(told).toEqual(['create live']);
  }
});

it('knows what the server has after a refusal, and not after a lost answer', async () => {
  const { publisher, refuseNext } = await aPublisher();
  const screen = { track: aTrack('video'), ...LIVE };
  const taken = { code: 'SCREEN_TAKEN', message: 'taken', requestId: 'r-1' } as const;
  refuseNext().reject(RequestError.refused(taken));
  await expect(publisher.set('screen', screen)).rejects.toThrow();
  expect(publisher.isInDoubt).toBe(false);
  refuseNext().reject(RequestError.disconnected('producer:create'));
  await expect(publisher.set('screen', { ...screen })).rejects.toThrow();
  expect(publisher.isInDoubt).toBe(true);
});

it('sends a picture in what the others can be shown, and the one before until nobody watches it', async () => {
  const { publisher, told, made, codecs } = await aPublisher();
  const track = aTrack('video');
  await publisher.set('camera', { track, ...LIVE });
  expect(codecs()).toEqual(['video/VP8']);
  await publisher.encodeFor(WITH_VP9);
  expect(codecs()).toEqual(['video/VP8', 'video/VP9']);
  expect(made.map(({ closed }) => closed)).toEqual([false, false]);
  expect(told).toEqual(['create live', 'create live']);
  publisher.limit('producer-1', -1);
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  await publisher.encodeFor(WITH_VP9);
  expect(told).toEqual(['create live', 'create live', 'close']);
});

it('goes back to another codec when its own is too much for the device, and stays with that', async () => {
  const { publisher, made, codecs } = await aPublisher();
  await publisher.encodeFor(WITH_VP9);
  await publisher.set('camera', { track: aTrack('video'), ...LIVE });
  await publisher.goWithoutVp9();
  expect(codecs()).toEqual(['video/VP9', 'video/VP8']);
  expect(
    made.map(({ closed }) => closed),
    'seen until the other is',
  ).toEqual([false, false]);
  publisher.limit('producer-1', -1);
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  await publisher.encodeFor(WITHOUT_VP9);
  await publisher.encodeFor(WITH_VP9);
  expect(codecs()).toEqual(['video/VP9', 'video/VP8']);
});

it('sends nothing of a picture that is switched off, in no codec', async () => {
  const { publisher, made, codecs } = await aPublisher();
  await publisher.set('camera', { track: aTrack('video'), ...LIVE });
  await publisher.encodeFor(WITH_VP9);
  await publisher.set('camera', { track: null, isLive: false, isHeld: false });
  expect(made.map(({ closed, track }) => closed || track === null)).toEqual([true, true]);
  await publisher.encodeFor(WITHOUT_VP9);
  expect(made.map(({ closed }) => closed)).toEqual([true, true]);
  await publisher.set('camera', { track: aTrack('video'), ...LIVE });
  expect(codecs().at(-1)).toBe('video/VP8');
});

it('has nothing to hand over of what does not flow yet', async () => {
  const { publisher, told, made } = await aPublisher();
  await publisher.set('camera', { track: aTrack('video'), isLive: false, isHeld: false });
  await publisher.encodeFor(WITH_VP9);
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  expect(told).toEqual(['create paused', 'create paused', 'close']);
});

it('keeps the picture that there is when another codec is refused', async () => {
  const { publisher, made, refuseNext } = await aPublisher();
  await publisher.set('camera', { track: aTrack('video'), ...LIVE });
  const refusal = refuseNext();
  refusal.reject(RequestError.refused({ code: 'MEDIA_REFUSED', message: 'no', requestId: 'r-1' }));
  await expect(publisher.encodeFor(WITH_VP9)).rejects.toThrow();
  expect(made.map(({ closed }) => closed)).toEqual([false, true]);
});

/** A microphone that is published. */
async function aMicrophone(first: Omit<Outgoing, 'track'>) {
  const { publisher, made, ...told } = await aPublisher();
  const track = aTrack('audio');
  const publish = (wanted: Omit<Outgoing, 'track'>) => publisher.set('microphone', { track, ...wanted });
  await publish(first);
  return {
    ...told,
    publish,
    producer: () => {
      const [producer] = made;
      if (!producer) throw new Error('nothing is produced');
      return producer;
    },
  };
}

/** Sends over a transport of mediasoup-client without a network. */
async function aPublisher() {
  const told: string[] = [];
  const made: types.Producer[] = [];
  let gate: Promise<void> = Promise.resolve();
  const socket = {
    async request(name: string, { paused }: { paused: boolean }) {
      if (name === 'producer:create') told.push(paused ? 'create paused' : 'create live');
      else if (name === 'producer:close') told.push('close');
      else told.push(paused ? 'pause' : 'resume');
      const passing = gate;
      gate = Promise.resolve();
      await passing;
      return { producerId: `producer-${String(told.length)}` };
    },
  } as unknown as SeatSocket;
  const { transport, encodable } = await aTransport();
  const produced = vi.spyOn(transport, 'produce');
  transport.observer.on('newproducer', (producer) => made.push(producer));
  const publisher = new Publisher({
    transport,
    socket,
    savesData: false,
    encodable,
    videoCodecs: WITHOUT_VP9,
  });
  return {
    publisher,
    made,
    told,
    /** In which pictures were to be sent. */
    codecs: () => produced.mock.calls.map(([options]) => options?.codec?.mimeType),
    refuseNext: () => {
      const refusal = Promise.withResolvers<void>();
      gate = refusal.promise;
      return refusal;
    },
  };
}

async function aTransport() {
  const device = new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
  await device.load({ routerRtpCapabilities: fakeParameters.generateRouterRtpCapabilities() });
  const transport = device.createSendTransport(fakeParameters.generateTransportRemoteParameters());
  transport.on('connect', (_parameters, done) => done());
  const encodable = encodableCodecs(device.sendRtpCapabilities, { encodesVp9: true });
  return { transport, encodable };
}

function aTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  const track = { id: `${kind}-1`, kind, readyState: 'live', enabled: true, getSettings: () => ({}) };
  return Object.assign(new EventTarget(), track) as unknown as MediaStreamTrack;
}
