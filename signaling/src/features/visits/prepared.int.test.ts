import { expect, test } from 'vitest';
import { doctorInRoom, produce, shareScreen } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import type { Harness } from '../../testing/harness.ts';

let clinic: Harness;
clinicOnMedia((started) => (clinic = started), { lingerMs: 1_000 });

test('who may join is told ahead what they will be shown, and nothing of it flows before', async () => {
  const { visit, doctor } = await doctorInRoom(clinic, { isPrepared: true });

  const patient = await clinic.sit(visit.patient);
  const { prepared, room } = await patient.event('welcome');
  expect(room).toBeNull();
  expect(prepared.map(({ seatId, source }) => [seatId, source])).toEqual([
    [visit.host.seatId, 'microphone'],
    [visit.host.seatId, 'camera'],
  ]);
  const ready = prepared.map(({ id }) => id);
  expect(await patient.refusal('consumer:set-paused', { consumerIds: ready, paused: false })).toBe(
    'NOT_IN_ROOM',
  );
  const producerId = await shareScreen(doctor);
  const added = (await patient.event('consumer:added')).consumers;
  expect(added.map((consumer) => consumer.producerId)).toEqual([producerId]);
  expect(doctor.names, 'the doctor is not told of someone outside').not.toContain('consumer:added');

  const snapshot = await patient.ask('seat:join', { ready });
  expect(snapshot.consumers).toEqual([...prepared, ...added]);
});

test('who is in the lobby when the visit starts is told then', async () => {
  const { visit } = await doctorInRoom(clinic, { state: 'scheduled', isPrepared: true });
  const patient = await clinic.sit(visit.patient);
  expect(await patient.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: false, prepared: [] });
  await clinic.change(visit, 'in_progress');
  const { consumers } = await patient.event('consumer:added');
  expect(consumers.map(({ seatId }) => seatId)).toEqual([visit.host.seatId, visit.host.seatId]);
});

test('what was made ahead goes when the visit is held, and comes back with it', async () => {
  const { visit, doctor } = await doctorInRoom(clinic, { isPrepared: true });
  const patient = await clinic.sit(visit.patient);
  const { prepared } = await patient.event('welcome');
  await clinic.change(visit, 'on_hold');
  const gone = [await patient.event('consumer:closed'), await patient.event('consumer:closed')];
  expect(gone.map(({ consumerId }) => consumerId)).toEqual(prepared.map(({ id }) => id));
  await shareScreen(doctor);
  expect(await patient.refusal('seat:join', {})).toBe('VISIT_NOT_STARTED');
  const reloaded = await clinic.sit(visit.patient, { takeOver: true });
  expect(await reloaded.event('welcome')).toMatchObject({ phase: 'waiting', mayJoin: false, prepared: [] });
  expect(patient.names).not.toContain('consumer:added');

  await clinic.change(visit, 'in_progress');
  const { consumers } = await reloaded.event('seat:admitted');
  expect(consumers.map(({ source }) => source)).toEqual(['microphone', 'camera', 'screen']);
});

test('someone outside is not told what others switch on and off, and enters to how it is', async () => {
  const { visit, doctor } = await doctorInRoom(clinic);
  const producerId = await produce(doctor);
  const patient = await clinic.sit(visit.patient);
  expect((await patient.event('welcome')).prepared).toMatchObject([{ isProducerPaused: false }]);
  await doctor.ask('producer:set-paused', { producerId, paused: true });
  // The SFU has told of the pause by the time it answers this.
  await shareScreen(doctor);
  expect((await patient.ask('seat:join', {})).consumers).toMatchObject([
    { source: 'microphone', isProducerPaused: true },
    { source: 'screen', isProducerPaused: false },
  ]);
  expect(patient.names).not.toContain('consumer:paused');
});
