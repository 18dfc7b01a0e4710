import {
  ROUTER_RTP_CAPABILITIES,
  SeatId,
  SeatTransports,
  type TransportIds,
  VisitId,
} from '@careconnect/contracts';
import { observer, type types } from 'mediasoup';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SfuServer } from './server.ts';
import { DTLS_PARAMETERS, opusParameters, vp8Parameters } from './testing/rtp-parameters.ts';
import { startTestSfu, TestSignaling } from './testing/test-sfu.ts';

let sfu: SfuServer;
let signaling: TestSignaling;

const consumersMade = new Map<string, types.Consumer>();

beforeAll(async () => {
  observer.on('newworker', (worker) =>
    worker.observer.on('newrouter', (router) =>
      router.observer.on('newtransport', (transport) =>
        transport.observer.on('newconsumer', (consumer) => consumersMade.set(consumer.id, consumer)),
      ),
    ),
  );
  sfu = await startTestSfu({ lingerMs: 0 });
});
afterAll(() => sfu.close());
beforeEach(async () => {
  signaling = await TestSignaling.connect(sfu.url);
});
afterEach(() => signaling.close());

test('a seat gets both transports and the warm-up channel', async () => {
  const transports = await open(aSeat());
  expect(SeatTransports.parse(transports)).toEqual(transports);
  expect(transports.send.sctpParameters).toBeUndefined();
  expect(transports.recv.sctpParameters?.port).toBe(5000);
  expect(transports.recv.iceCandidates.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp']);
  expect(transports.recv.iceCandidates[0]?.address).toBe('127.0.0.1');
});

test('nobody sees a seat in the lobby; entering shows each to the other, paused', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  const offers = await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  expect(offers.flat().flatMap(({ consumers }) => consumers)).toEqual([]);

  expect((await signaling.ask('seat:enter', { ...doctor, isHeld: false })).consumers).toEqual([]);
  const { consumers } = await signaling.ask('seat:enter', { ...patient, isHeld: false });

  expect(
    consumers.map(({ seatId, producerSeatId, consumer }) => [seatId, producerSeatId, consumer.source]).sort(),
  ).toEqual(
    [
      [doctor.seatId, patient.seatId, 'camera'],
      [doctor.seatId, patient.seatId, 'microphone'],
      [patient.seatId, doctor.seatId, 'camera'],
      [patient.seatId, doctor.seatId, 'microphone'],
    ].sort(),
  );
  const camera = consumers.find(({ consumer }) => consumer.kind === 'video')?.consumer;
  expect(camera?.isProducerPaused).toBe(true);
  expect(camera?.rtpParameters.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/rtx']);
  const microphone = consumers.find(({ consumer }) => consumer.kind === 'audio')?.consumer;
  expect(microphone?.rtpParameters.codecs[0]?.rtcpFeedback).toContainEqual({ type: 'nack', parameter: '' });
});

test('someone invited gets consumers ahead, and is neither shown anything nor shown to anyone', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  expect((await invite(patient)).consumers, 'nobody is inside').toEqual([]);

  const ahead = (await signaling.ask('seat:enter', { ...doctor, isHeld: false })).consumers;
  expect(
    ahead.map(({ seatId, producerSeatId }) => [seatId, producerSeatId]),
    'all of them the patient’s, of the doctor',
  ).toEqual([
    [patient.seatId, doctor.seatId],
    [patient.seatId, doctor.seatId],
  ]);
  const ready = ahead.map(({ consumer }) => consumer.id);
  const again = (await invite(patient)).consumers;
  expect(again.map(({ consumer }) => consumer.id).sort()).toEqual([...ready].sort());
  const resume = { ...patient, consumerIds: ready, paused: false };
  await expect(signaling.ask('consumer:set-paused', resume)).rejects.toThrow('MEDIA_REFUSED');
  expect(ready.map(isPaused)).toEqual([true, true]);
});

test('entering lets those flow that are ready, and only the seat’s own', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const [ready, notReady] = (await invite(patient)).consumers.map(({ consumer }) => consumer.id);
  const entering = { ...patient, isHeld: false, ready: [ready ?? '', 'ended'] };
  const { consumers } = await signaling.ask('seat:enter', entering);
  expect(consumers).toHaveLength(4);
  expect([isPaused(ready), isPaused(notReady)]).toEqual([false, true]);

  const ofDoctor = consumers.flatMap(({ seatId, consumer }) =>
    seatId === doctor.seatId ? [consumer.id] : [],
  );
  await signaling.ask('seat:enter', { ...patient, isHeld: false, ready: ofDoctor });
  expect(ofDoctor.map(isPaused)).toEqual([true, true]);
});

test('an invitation that is withdrawn leaves nothing, also of a track that is just being made', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), invite(patient)]);
  await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(sfu.counts()).toMatchObject({ consumers: 2 });
  await Promise.all([
    signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false }),
    invite(patient, false),
  ]);
  expect(sfu.counts()).toMatchObject({ consumers: 0 });
  expect((await invite(patient)).consumers).toHaveLength(3);
});

test('who is inside is told with every entry', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await invite(patient);
  const first = await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(first.inside).toEqual([doctor.seatId]);
  const second = await signaling.ask('seat:enter', { ...patient, isHeld: false });
  expect(second.inside.sort()).toEqual([doctor.seatId, patient.seatId].sort());
});

test.each([true, false])('who is inside is left alone by an invitation: %s', async (isInvited) => {
  const { doctor, patient } = await aVisit();
  await invite(patient, isInvited);
  const screen = await signaling.ask('producer:create', { ...patient, ...aScreen(), paused: false });
  expect(screen.consumers.map(({ seatId }) => seatId)).toEqual([doctor.seatId]);
});

test('two who enter at the same moment get every pair exactly once', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  const answers = await Promise.all([
    signaling.ask('seat:enter', { ...doctor, isHeld: false }),
    signaling.ask('seat:enter', { ...patient, isHeld: false }),
  ]);
  expect(answers.flatMap(({ consumers }) => consumers)).toHaveLength(4);
  expect(sfu.counts()).toMatchObject({ consumers: 4 });
});

test('entering again answers with the same consumers', async () => {
  const { patient, consumers } = await aVisit();
  const again = await signaling.ask('seat:enter', { ...patient, isHeld: false });
  const ids = (list: typeof consumers): string[] => list.map(({ consumer }) => consumer.id).sort();
  expect(ids(again.consumers)).toEqual(ids(consumers));
  expect(sfu.counts()).toMatchObject({ consumers: 4 });
});

test('a track added in the room is shown to the others at once', async () => {
  const { doctor, patient } = await aVisit();
  const screen = await signaling.ask('producer:create', {
    ...doctor,
    ...aScreen(),
    paused: false,
  });
  expect(screen.consumers).toMatchObject([
    {
      seatId: patient.seatId,
      producerSeatId: doctor.seatId,
      consumer: { source: 'screen', isProducerPaused: false },
    },
  ]);
});

test('muting and stopping a track is told to those who see it', async () => {
  const { doctor, patient, consumers } = await aVisit();
  const ofDoctor = consumers.find(
    ({ seatId, consumer }) => seatId === patient.seatId && consumer.kind === 'audio',
  );
  const { id: consumerId, producerId } = ofDoctor?.consumer ?? { id: '', producerId: '' };

  await signaling.ask('producer:set-paused', { ...doctor, producerId, paused: false });
  expect(await signaling.event('consumer:paused')).toEqual({
    ...patient,
    consumerId,
    isProducerPaused: false,
  });
  await signaling.ask('producer:close', { ...doctor, producerId });
  expect(await signaling.event('consumer:closed')).toEqual({ ...patient, consumerId });
  expect(sfu.counts()).toMatchObject({ producers: 3, consumers: 3 });
});

test('while a room is held nothing flows, and then goes on what its owner wants', async () => {
  const { doctor, patient, consumers } = await aVisit();
  const producerOf = ({ seatId }: TestSeat) =>
    consumers.find((view) => view.producerSeatId === seatId && view.consumer.kind === 'audio')?.consumer
      .producerId ?? '';
  const pause = (seat: TestSeat, paused: boolean) =>
    signaling.ask('producer:set-paused', { ...seat, producerId: producerOf(seat), paused });
  await Promise.all([pause(doctor, false), pause(patient, false)]);
  expect(await flowing(patient, { isHeld: false })).toEqual([producerOf(doctor)]);

  await signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: true });
  expect(await flowing(patient, { isHeld: true })).toEqual([]);
  const screen = await signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false });
  expect(screen.consumers).toMatchObject([{ consumer: { isProducerPaused: true } }]);
  await Promise.all([pause(doctor, false), pause(patient, true)]);
  expect(await flowing(patient, { isHeld: true }), 'no owner can end a hold').toEqual([]);

  await signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: false });
  const wanted = [producerOf(doctor), screen.producerId].sort();
  expect(await flowing(patient, { isHeld: false })).toEqual(wanted);
  expect(await flowing(doctor, { isHeld: false }), 'muted by its owner meanwhile').toEqual([]);
});

test('whoever enters brings the word about a hold', async () => {
  const { doctor, patient } = await aVisit();
  const screen = await signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false });
  expect(await flowing(patient, { isHeld: true })).toEqual([]);
  expect(await flowing(patient, { isHeld: false })).toEqual([screen.producerId]);
});

test('a track that is being made when a hold begins does not flow', async () => {
  const { doctor, patient } = await aVisit();
  await Promise.all([
    signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false }),
    signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: true }),
  ]);
  expect(await flowing(patient, { isHeld: true })).toEqual([]);
});

test('a room that does not exist is none to hold', async () => {
  await signaling.ask('room:set-held', { roomId: aSeat().roomId, isHeld: true });
});

test('consumers are resumed together, and one that has ended does not stop the others', async () => {
  const { patient, consumers } = await aVisit();
  const ids = consumers.filter(({ seatId }) => seatId === patient.seatId).map(({ consumer }) => consumer.id);
  await signaling.ask('consumer:set-paused', { ...patient, consumerIds: [...ids, 'ended'], paused: false });
  await expect(
    signaling.ask('consumer:set-paused', { ...patient, consumerIds: ['ended'], paused: false }),
  ).rejects.toThrow('MEDIA_REFUSED');
});

test('preferred layers are accepted for simulcast', async () => {
  const { patient, consumers } = await aVisit();
  const camera = consumers.find(
    ({ seatId, consumer }) => seatId === patient.seatId && consumer.kind === 'video',
  );
  await signaling.ask('consumer:set-layers', {
    ...patient,
    consumerId: camera?.consumer.id ?? '',
    layers: { spatialLayer: 1 },
  });
});

test('transports connect once, and ICE restarts give new credentials', async () => {
  const seat = aSeat();
  const { send } = await open(seat);
  const connect = { ...seat, direction: 'send', dtlsParameters: DTLS_PARAMETERS } as const;
  await signaling.ask('transport:connect', connect);
  await expect(signaling.ask('transport:connect', connect)).rejects.toThrow('MEDIA_REFUSED');
  const { iceParameters } = await signaling.ask('transport:restart-ice', { ...seat, direction: 'send' });
  expect(iceParameters.usernameFragment).not.toBe(send.iceParameters.usernameFragment);
});

test('opening again replaces the seat: those who saw it lose its tracks, and it can enter anew', async () => {
  const { doctor, patient } = await aVisit();
  const replaced = await open(doctor);
  expect((await signaling.event('consumer:closed')).seatId).toBe(patient.seatId);
  expect(sfu.counts()).toMatchObject({ seats: 2, producers: 2, consumers: 0 });

  await signaling.ask('transport:connect', { ...doctor, direction: 'recv', dtlsParameters: DTLS_PARAMETERS });
  const { consumers } = await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(consumers.map(({ seatId }) => seatId)).toEqual([doctor.seatId, doctor.seatId]);
  expect(replaced.warmUp.dataProducerId).toBeTruthy();
});

test('a seat whose browser still has its ends keeps them, and all that flows', async () => {
  const [doctor, patient] = aPair();
  const [mine, theirs] = await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const { consumers } = await signaling.ask('seat:enter', { ...patient, isHeld: false });

  expect(await ask(doctor, idsOf(mine))).toEqual({ transports: mine, isEntered: true });
  const again = await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const sorted = (list: typeof consumers) => list.map(({ consumer }) => consumer.id).sort();
  expect(sorted(again.consumers)).toEqual(sorted(consumers));

  const replaced = await ask(patient, idsOf(mine));
  expect(replaced.isEntered, 'nobody gets transports of someone else').toBe(false);
  expect([idsOf(mine), idsOf(theirs)]).not.toContainEqual(idsOf(replaced.transports));
  await expect.poll(() => sfu.counts()).toMatchObject({ seats: 2, producers: 2, consumers: 0 });
});

test('the last of several openings of one seat is the one that stays', async () => {
  const seat = aSeat();
  const openings = await Promise.all([open(seat), open(seat), open(seat)]);
  expect(sfu.counts()).toMatchObject({ seats: 1 });
  const { iceParameters } = await signaling.ask('transport:restart-ice', { ...seat, direction: 'send' });
  expect(iceParameters.usernameFragment).toBeTruthy();
  expect(new Set(openings.map(({ send }) => send.id)).size).toBe(3);
});

test('closing is harmless when repeated, also for rooms and seats that never were', async () => {
  const { doctor } = await aVisit();
  await signaling.ask('seat:close', doctor);
  await signaling.ask('seat:close', doctor);
  await signaling.ask('room:close', { roomId: doctor.roomId });
  await signaling.ask('room:close', { roomId: doctor.roomId });
  await signaling.ask('seat:close', aSeat());
  await expect(signaling.ask('seat:enter', { ...doctor, isHeld: false })).rejects.toThrow('MEDIA_REFUSED');
});

test('closing a room that is just being made leaves nothing behind', async () => {
  const seat = aSeat();
  const [opening] = await Promise.allSettled([
    open(seat),
    signaling.ask('room:close', { roomId: seat.roomId }),
  ]);
  expect(opening.status).toBe('rejected');
});

test('a room whose last seat has closed goes by itself, and nothing is left in the worker', async () => {
  const { doctor, patient } = await aVisit();
  await Promise.all([signaling.ask('seat:close', doctor), signaling.ask('seat:close', patient)]);
  await expect.poll(() => sfu.counts()).toEqual({ rooms: 0, seats: 0, producers: 0, consumers: 0 });
  const [worker] = sfu.workers;
  expect(worker?.roomCount).toBe(0);
  const dump = await worker?.dump();
  expect(dump?.routerIds).toEqual([]);
  expect(dump?.channelMessageHandlers.channelRequestHandlers).toEqual(dump?.webRtcServerIds);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((roomId) => signaling.ask('room:close', { roomId })));
});

const opened: VisitId[] = [];

interface TestSeat {
  readonly roomId: VisitId;
  readonly seatId: SeatId;
}

function aSeat(roomId = VisitId.parse(randomUUID())): TestSeat {
  opened.push(roomId);
  return { roomId, seatId: SeatId.parse(randomUUID()) };
}

function aPair(): [TestSeat, TestSeat] {
  const doctor = aSeat();
  return [doctor, aSeat(doctor.roomId)];
}

async function open(seat: TestSeat): Promise<SeatTransports> {
  return (await ask(seat)).transports;
}

function ask(seat: TestSeat, keep?: TransportIds) {
  return signaling.ask('seat:open', { ...seat, rtpCapabilities: ROUTER_RTP_CAPABILITIES, keep });
}

function idsOf({ send, recv }: SeatTransports): TransportIds {
  return { send: send.id, recv: recv.id };
}

function produceBoth(seat: TestSeat) {
  return Promise.all([
    signaling.ask('producer:create', {
      ...seat,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: opusParameters(),
      paused: true,
    }),
    signaling.ask('producer:create', {
      ...seat,
      kind: 'video',
      source: 'camera',
      rtpParameters: vp8Parameters(),
      paused: true,
    }),
  ]);
}

function aScreen() {
  const rtpParameters = { ...vp8Parameters('7'), encodings: [{ ssrc: 4711 }] };
  return { kind: 'video', source: 'screen', rtpParameters } as const;
}

function invite(seat: TestSeat, isInvited = true) {
  return signaling.ask('seat:set-invited', { ...seat, isInvited });
}

function isPaused(consumerId = ''): boolean | undefined {
  return consumersMade.get(consumerId)?.paused;
}

/** Producers that flow to this seat as far as their owners and the room are concerned. */
async function flowing(seat: TestSeat, { isHeld }: { isHeld: boolean }): Promise<string[]> {
  const { consumers } = await signaling.ask('seat:enter', { ...seat, isHeld });
  return consumers
    .filter(({ seatId, consumer }) => seatId === seat.seatId && !consumer.isProducerPaused)
    .map(({ consumer }) => consumer.producerId)
    .sort();
}

async function aVisit() {
  const [doctor, patient] = aPair();
  await Promise.all([open(doctor), open(patient)]);
  await Promise.all([produceBoth(doctor), produceBoth(patient)]);
  await signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const { consumers } = await signaling.ask('seat:enter', { ...patient, isHeld: false });
  return { doctor, patient, consumers };
}
