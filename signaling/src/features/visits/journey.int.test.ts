import { randomUUID } from 'node:crypto';
import { RoomSnapshot, Welcome } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { bothInRoom, doctorInRoom, factsAbout, prepare, produce } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import type { Harness } from '../../testing/harness.ts';
import { camera, DTLS_PARAMETERS, microphone } from '../../testing/rtp.ts';

let clinic: Harness;
clinicOnMedia((started) => (clinic = started), { lingerMs: 1_000 });

test('from the lobby through the waiting room into the visit, and out of it', async () => {
  const visit = clinic.api.add();
  const patient = await clinic.sit(visit.patient);
  const lobby = await patient.event('welcome');
  expect(Welcome.parse(lobby)).toEqual(lobby);
  expect(lobby).toMatchObject({ phase: 'lobby', mayJoin: false, room: null, position: null });
  expect(lobby.transports?.warmUp.id).toBeTypeOf('string');
  await prepare(patient);

  expect(await patient.refusal('seat:join', {})).toBe('VISIT_NOT_STARTED');
  expect(await patient.ask('seat:check-in', {})).toMatchObject({
    phase: 'waiting',
    position: { position: 1 },
  });
  await clinic.changeQueue(visit, 2);
  expect(await patient.event('queue:position')).toMatchObject({ position: 2, isDoctorBusy: true });

  const doctor = await clinic.sit(visit.host);
  expect(await doctor.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: true });
  await prepare(doctor);
  await clinic.change(visit, 'in_progress');
  const admitted = await patient.event('seat:admitted');
  expect(RoomSnapshot.parse(admitted)).toEqual(admitted);
  expect(admitted).toMatchObject({ peers: [], consumers: [] });
  expect(await doctor.event('visit:state')).toMatchObject({ state: 'in_progress', mayJoin: true });

  const room = await doctor.ask('seat:join', {});
  expect(room.peers).toEqual([
    { seatId: visit.patient.seatId, name: 'Amina Yusuf', seatRole: 'patient', isConnected: true },
  ]);
  expect(room.consumers.map(({ seatId, source }) => [seatId, source])).toEqual([
    [visit.patient.seatId, 'microphone'],
    [visit.patient.seatId, 'camera'],
  ]);
  expect(await patient.event('peer:joined')).toMatchObject({ seatId: visit.host.seatId, seatRole: 'host' });
  const { consumers } = await patient.event('consumer:added');
  expect(consumers.map(({ seatId, source }) => [seatId, source])).toEqual([
    [visit.host.seatId, 'microphone'],
    [visit.host.seatId, 'camera'],
  ]);
  expect(patient.names.indexOf('peer:joined')).toBeLessThan(patient.names.indexOf('consumer:added'));

  const clientMessageId = randomUUID();
  const sent = await doctor.ask('chat:send', { clientMessageId, body: 'Can you hear me?' });
  expect(await patient.event('chat:message')).toEqual(sent);

  await clinic.change(visit, 'ended');
  expect(await patient.event('visit:state'), 'told by the next arrival').toMatchObject({ state: 'waiting' });
  expect(await patient.event('visit:state')).toMatchObject({ state: 'in_progress' });
  expect(await patient.event('visit:state')).toMatchObject({ state: 'ended', mayJoin: false });
  expect(await patient.refusal('chat:send', { clientMessageId: randomUUID(), body: 'Bye' })).toBe(
    'VISIT_OVER',
  );
  expect(await patient.ended()).toBe('io server disconnect');
  expect(await doctor.ended()).toBe('io server disconnect');
  await expect
    .poll(() => factsAbout(clinic, visit.patient.seatId))
    .toEqual(['seat.connected', 'seat.joined', 'seat.disconnected', 'seat.left']);
});

test('a visit that has started is joined at once, with everything that was said', async () => {
  const { visit, doctor } = await doctorInRoom(clinic);
  const said = await doctor.ask('chat:send', { clientMessageId: randomUUID(), body: 'I am here' });

  const patient = await clinic.sit(visit.patient);
  expect(await patient.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: true });
  const room = await patient.ask('seat:join', {});
  expect(room.messages).toEqual([said]);
  expect(room.peers.map(({ seatId }) => seatId)).toEqual([visit.host.seatId]);
  expect(await patient.ask('seat:join', {}), 'joining again is harmless').toEqual(room);
});

test('a join whose answer was lost may be repeated while the visit is on hold', async () => {
  const { visit, patient } = await bothInRoom(clinic);
  await clinic.change(visit, 'on_hold');
  await patient.event('visit:state');
  expect(await patient.ask('seat:join', {})).toMatchObject({ peers: [{ seatId: visit.host.seatId }] });
});

test('tracks reach the others as they come, change and go', async () => {
  const { doctor, patient } = await bothInRoom(clinic);
  const offer = { kind: 'video', source: 'camera', rtpParameters: camera('7'), paused: false } as const;
  const { producerId } = await doctor.ask('producer:create', offer);
  const added = (await patient.event('consumer:added')).consumers;
  expect(added.map((consumer) => consumer.producerId)).toEqual([producerId]);
  const consumerId = added[0]?.id ?? '';

  expect(await patient.ask('consumer:set-paused', { consumerIds: [consumerId], paused: false })).toEqual({});
  await doctor.ask('producer:set-paused', { producerId, paused: true });
  expect(await patient.event('consumer:paused')).toEqual({ consumerId, isProducerPaused: true });
  await doctor.ask('producer:close', { producerId });
  expect(await patient.event('consumer:closed')).toEqual({ consumerId });
});

test('nobody can touch what belongs to someone else', async () => {
  const { doctor, patient } = await bothInRoom(clinic);
  const producerId = await produce(doctor);
  const consumerIds = (await patient.event('consumer:added')).consumers.map(({ id }) => id);

  expect(await patient.refusal('producer:set-paused', { producerId, paused: true })).toBe('MEDIA_REFUSED');
  expect(await patient.refusal('producer:close', { producerId })).toBe('MEDIA_REFUSED');
  expect(await doctor.refusal('consumer:set-paused', { consumerIds, paused: false })).toBe('MEDIA_REFUSED');
});

test('before the room nothing is sent and nothing is watched', async () => {
  const visit = clinic.api.add();
  const patient = await clinic.sit(visit.patient);
  await patient.event('welcome');
  const offer = { kind: 'audio', source: 'microphone', rtpParameters: microphone() } as const;
  expect(await patient.refusal('producer:create', { ...offer, paused: false })).toBe('MEDIA_REFUSED');
  const { producerId } = await patient.ask('producer:create', { ...offer, paused: true });
  expect(await patient.refusal('producer:set-paused', { producerId, paused: false })).toBe('MEDIA_REFUSED');
  expect(await patient.refusal('consumer:set-paused', { consumerIds: ['x'], paused: false })).toBe(
    'NOT_IN_ROOM',
  );
  expect(await patient.refusal('chat:send', { clientMessageId: randomUUID(), body: 'Hello' })).toBe(
    'NOT_IN_ROOM',
  );
});

test('a page without WebRTC takes part with words', async () => {
  const visit = clinic.api.add({ state: 'in_progress' });
  const patient = await clinic.sit(visit.patient, { wordsOnly: true });
  expect(await patient.event('welcome')).toMatchObject({ transports: null, mayJoin: true });
  await patient.ask('seat:join', {});
  await patient.ask('chat:send', { clientMessageId: randomUUID(), body: 'My browser is old' });
  const connect = { direction: 'send', dtlsParameters: DTLS_PARAMETERS } as const;
  expect(await patient.refusal('transport:connect', connect)).toBe('MEDIA_UNAVAILABLE');
});
