import { expect, test } from 'vitest';
import { bothInRoom, produce } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import type { Harness } from '../../testing/harness.ts';
import { DTLS_PARAMETERS } from '../../testing/rtp.ts';

let clinic: Harness;
clinicOnMedia((started) => (clinic = started));

test('what was meant for transports that are gone does not reach the new ones', async () => {
  const { patient, welcomes } = await bothInRoom(clinic);
  const gone = welcomes.patient.transports;
  const { transports } = await patient.ask('media:renew', {});
  const connect = { direction: 'recv', dtlsParameters: DTLS_PARAMETERS } as const;
  expect(await patient.refusal('transport:connect', { ...connect, transportId: gone?.recv.id })).toBe(
    'MEDIA_REFUSED',
  );
  expect(await patient.ask('transport:connect', { ...connect, transportId: transports.recv.id })).toEqual({});
});

test('a page whose transports are broken gets others, with what the room shows', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  await Promise.all([produce(doctor), produce(patient)]);
  const [before] = (await doctor.event('consumer:added')).consumers;
  const { consumers } = await patient.ask('media:renew', {});
  expect(consumers).toMatchObject([{ source: 'microphone', seatId: visit.host.seatId }]);
  expect(await doctor.event('consumer:closed')).toEqual({ consumerId: before?.id });
  await produce(patient);
  expect((await doctor.event('consumer:added')).consumers).toMatchObject([
    { source: 'microphone', seatId: visit.patient.seatId },
  ]);
});

test('who only lost the socket keeps the media, and learns what changed meanwhile', async () => {
  const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
  const producerId = await produce(doctor);
  const before = (await patient.event('consumer:added')).consumers;
  patient.cut();
  await doctor.event('peer:connection');
  await doctor.ask('producer:set-paused', { producerId, paused: true });

  const back = await clinic.sit(visit.patient, { keep: welcomes.patient });
  const { room, transports } = await back.event('welcome');
  expect(transports).toEqual(welcomes.patient.transports);
  expect(room?.consumers).toEqual(before.map((consumer) => ({ ...consumer, isProducerPaused: true })));
  const consumerIds = before.map(({ id }) => id);
  expect(await back.ask('consumer:set-paused', { consumerIds, paused: false })).toEqual({});
});

test('a page that comes back for words only is no longer shown', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  await produce(patient);
  const [shown] = (await doctor.event('consumer:added')).consumers;
  const back = await clinic.sit(visit.patient, { takeOver: true, wordsOnly: true });
  expect(await back.event('welcome')).toMatchObject({ phase: 'in_room', transports: null });
  expect(await doctor.event('consumer:closed')).toEqual({ consumerId: shown?.id });
});
