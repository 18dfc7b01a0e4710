import { SeatTransports } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { aPair, aScreen, aSeat, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('a seat gets both transports and the warm-up channel', async () => {
  const transports = await visits.open(aSeat());
  expect(SeatTransports.parse(transports)).toEqual(transports);
  expect(transports.send.sctpParameters).toBeUndefined();
  expect(transports.recv.sctpParameters?.port).toBe(5000);
  expect(transports.recv.iceCandidates.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp']);
  expect(transports.recv.iceCandidates[0]?.address).toBe('127.0.0.1');
});

test('nobody sees a seat in the lobby; entering shows each to the other, paused', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([visits.open(doctor), visits.open(patient)]);
  const offers = await Promise.all([visits.produceBoth(doctor), visits.produceBoth(patient)]);
  expect(offers.flat().flatMap(({ consumers }) => consumers)).toEqual([]);

  expect((await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false })).consumers).toEqual([]);
  const { consumers } = await visits.signaling.ask('seat:enter', { ...patient, isHeld: false });

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

test('two who enter at the same moment get every pair exactly once', async () => {
  const [doctor, patient] = await visits.preparedPair();
  const answers = await Promise.all([
    visits.signaling.ask('seat:enter', { ...doctor, isHeld: false }),
    visits.signaling.ask('seat:enter', { ...patient, isHeld: false }),
  ]);
  expect(answers.flatMap(({ consumers }) => consumers)).toHaveLength(4);
  expect(visits.sfu.counts()).toMatchObject({ consumers: 4 });
});

test('entering again answers with the same consumers', async () => {
  const { patient, consumers } = await visits.aVisit();
  const again = await visits.signaling.ask('seat:enter', { ...patient, isHeld: false });
  const ids = (list: typeof consumers): string[] => list.map(({ consumer }) => consumer.id).sort();
  expect(ids(again.consumers)).toEqual(ids(consumers));
  expect(visits.sfu.counts()).toMatchObject({ consumers: 4 });
});

test('a track added in the room is shown to the others at once', async () => {
  const { doctor, patient } = await visits.aVisit();
  const screen = await visits.signaling.ask('producer:create', {
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
  const { doctor, patient, consumers } = await visits.aVisit();
  const ofDoctor = consumers.find(
    ({ seatId, consumer }) => seatId === patient.seatId && consumer.kind === 'audio',
  );
  const { id: consumerId, producerId } = ofDoctor?.consumer ?? { id: '', producerId: '' };

  await visits.signaling.ask('producer:set-paused', { ...doctor, producerId, paused: false });
  expect(await visits.signaling.event('consumer:paused')).toEqual({
    ...patient,
    consumerId,
    isProducerPaused: false,
  });
  await visits.signaling.ask('producer:close', { ...doctor, producerId });
  expect(await visits.signaling.event('consumer:closed')).toEqual({ ...patient, consumerId });
  expect(visits.sfu.counts()).toMatchObject({ producers: 3, consumers: 3 });
});

test('consumers are resumed together, and one that has ended does not stop the others', async () => {
  const { patient, consumers } = await visits.aVisit();
  const ids = consumers.filter(({ seatId }) => seatId === patient.seatId).map(({ consumer }) => consumer.id);
  expect(ids.map((id) => visits.isPaused(id))).toEqual([true, true]);
  await visits.signaling.ask('consumer:set-paused', {
    ...patient,
    consumerIds: [...ids, 'ended'],
    paused: false,
  });
  expect(ids.map((id) => visits.isPaused(id))).toEqual([false, false]);
  await expect(
    visits.signaling.ask('consumer:set-paused', { ...patient, consumerIds: ['ended'], paused: false }),
  ).rejects.toThrow('MEDIA_REFUSED');
});

test('a viewer of simulcast gets the layers that they prefer', async () => {
  const { patient, consumers } = await visits.aVisit();
  const camera = consumers.find(
    ({ seatId, consumer }) => seatId === patient.seatId && consumer.kind === 'video',
  );
  const consumerId = camera?.consumer.id ?? '';
  await visits.signaling.ask('consumer:set-layers', {
    ...patient,
    consumerId,
    layers: { spatialLayer: 1 },
  });
  expect(visits.preferredLayers(consumerId)).toMatchObject({ spatialLayer: 1 });
});

test('what a seat measures can be asked for at any time, and of no seat that is not there', async () => {
  const { doctor } = await visits.aVisit();
  const measures = await visits.signaling.ask('seat:stats', doctor);
  expect(measures).toMatchObject({ outbound: { bitrate: 0 }, inbound: { bitrate: 0 } });
  await expect(visits.signaling.ask('seat:stats', aSeat())).rejects.toThrow('MEDIA_REFUSED');
});
