import { Device, type types } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { expect, it } from 'vitest';
import { Publisher, type Outgoing } from './publisher.ts';
import type { SeatSocket } from './seat-connection.ts';
import { SessionError } from './session-error.ts';

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
  refusal.reject(SessionError.refused({ code: 'VISIT_ON_HOLD', message: 'on hold', requestId: 'r-1' }));
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
  lost.reject(SessionError.disconnected('producer:set-paused'));
  await expect(unmuting).rejects.toThrow();
  await publish(LIVE);
  expect(told).toEqual(['create paused', 'resume', 'resume']);
});

/** A microphone that is published over a transport of mediasoup-client without a network. */
async function aMicrophone(first: Omit<Outgoing, 'track'>) {
  const told: string[] = [];
  const made: types.Producer[] = [];
  let gate: Promise<void> = Promise.resolve();
  const socket = {
    async request(name: string, { paused }: { paused: boolean }) {
      if (name === 'producer:create') told.push(paused ? 'create paused' : 'create live');
      else told.push(paused ? 'pause' : 'resume');
      const passing = gate;
      gate = Promise.resolve();
      await passing;
      return { producerId: 'microphone-1' };
    },
  } as unknown as SeatSocket;
  const transport = await aTransport();
  transport.observer.on('newproducer', (producer) => made.push(producer));
  const publisher = new Publisher({ transport, socket, savesData: false });
  const track = aTrack();
  const publish = (wanted: Omit<Outgoing, 'track'>) => publisher.set('microphone', { track, ...wanted });
  await publish(first);
  return {
    publish,
    told,
    producer: () => {
      const [producer] = made;
      if (!producer) throw new Error('nothing is produced');
      return producer;
    },
    refuseNext: () => {
      const refusal = Promise.withResolvers<void>();
      gate = refusal.promise;
      return refusal;
    },
  };
}

async function aTransport(): Promise<types.Transport> {
  const device = new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
  await device.load({ routerRtpCapabilities: fakeParameters.generateRouterRtpCapabilities() });
  const transport = device.createSendTransport(fakeParameters.generateTransportRemoteParameters());
  transport.on('connect', (_parameters, done) => done());
  return transport;
}

function aTrack(): MediaStreamTrack {
  const track = { id: 'track-1', kind: 'audio', readyState: 'live', enabled: true };
  return Object.assign(new EventTarget(), track) as unknown as MediaStreamTrack;
}
