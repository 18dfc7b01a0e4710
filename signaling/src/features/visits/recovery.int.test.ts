import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothInRoom, doctorInRoom, factsAbout, produce } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';
import { DTLS_PARAMETERS } from '../../testing/rtp.ts';
import type { SeatPage } from '../../testing/test-page.ts';
import { RealSfu } from '../../testing/real-sfu.ts';

/** Longer than a page needs to come back here, however busy the machine; as short as that allows. */
const GRACE_MS = 800;

describe('a connection that breaks', () => {
  let clinic: Harness;
  beforeEach(async () => {
    clinic = await Harness.start({ graceMs: GRACE_MS });
  });
  afterEach(() => clinic.close());

  test('who comes back soon is where they were, and the others are told', async () => {
    const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
    patient.cut();
    const { seatId } = visit.patient;
    expect(await doctor.event('peer:connection')).toEqual({ seatId, isConnected: false });
    const missed = await doctor.ask('chat:send', { clientMessageId: randomUUID(), body: 'Still there?' });

    const back = await clinic.sit(visit.patient, { previous: welcomes.patient });
    expect(await back.event('welcome')).toMatchObject({
      phase: 'in_room',
      room: { peers: [{ seatId: visit.host.seatId }], messages: [missed] },
    });
    expect(await doctor.event('peer:connection')).toEqual({ seatId, isConnected: true });
    expect(doctor.names).not.toContain('peer:left');
  });

  test('another device of theirs begins in the lobby, where nothing of it is seen or heard', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    patient.cut();
    const { seatId } = visit.patient;
    await doctor.event('peer:connection');
    const phone = await clinic.sit(visit.patient);
    expect(await phone.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: true, room: null });
    expect(await doctor.event('peer:left')).toEqual({ seatId });
    await phone.ask('seat:join', {});
    expect(await doctor.event('peer:joined')).toMatchObject({ seatId });
  });

  test('who stays away has left, and may join again', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    patient.cut();
    expect(await doctor.event('peer:left')).toEqual({ seatId: visit.patient.seatId });
    const back = await clinic.sit(visit.patient);
    expect(await back.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: true });
    await back.ask('seat:join', {});
    expect((await doctor.event('peer:joined')).seatId).toBe(visit.patient.seatId);
  });

  test('an earlier absence does not end a later one', async () => {
    const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
    const startedAt = Date.now();
    patient.cut();
    await doctor.event('peer:connection');
    const back = await clinic.sit(visit.patient, { previous: welcomes.patient });
    await back.event('welcome');
    // A timer of the first absence that were still running would now end the second one early.
    await expect.poll(() => Date.now() - startedAt, { interval: 20 }).toBeGreaterThan(GRACE_MS / 2);
    const cutAgainAt = Date.now();
    back.cut();
    await doctor.event('peer:left');
    // Timers and the clock each round to a millisecond; the first absence's timer would be hundreds early.
    expect(Date.now() - cutAgainAt).toBeGreaterThanOrEqual(GRACE_MS - 10);
  });

  test('who leaves is gone at once', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    expect(await patient.ask('seat:leave', {})).toEqual({});
    expect(await patient.ended()).toBe('io server disconnect');
    expect(await doctor.event('peer:left')).toEqual({ seatId: visit.patient.seatId });
    expect(doctor.names).not.toContain('peer:connection');
  });

  test('only who says so has said goodbye, and who is given up has left', async () => {
    const [waiting, gone] = [clinic.api.add(), clinic.api.add()];
    const page = await clinic.sit(waiting.patient);
    await page.event('welcome');
    await page.ask('seat:check-in', {});
    await page.ask('seat:leave', {});
    await expect
      .poll(() => factsAbout(clinic, waiting.patient.seatId))
      .toEqual(['seat.connected', 'seat.disconnected', 'seat.left', 'seat.goodbye']);

    const lost = await clinic.sit(gone.patient);
    await lost.event('welcome');
    await lost.ask('seat:check-in', {});
    lost.cut();
    const { visit, doctor, patient } = await bothInRoom(clinic);
    patient.cut();
    // Later than the one before it, so that time of grace is over as well.
    await doctor.event('peer:left');
    await expect
      .poll(() => factsAbout(clinic, visit.patient.seatId))
      .toEqual(['seat.connected', 'seat.joined', 'seat.disconnected', 'seat.left']);
    expect(factsAbout(clinic, gone.patient.seatId)).toEqual(['seat.connected', 'seat.disconnected']);
  });

  test('who was away while being admitted is let in on return', async () => {
    const visit = clinic.api.add();
    const patient = await clinic.sit(visit.patient);
    await patient.event('welcome');
    await patient.ask('seat:check-in', {});
    patient.cut();
    await clinic.change(visit, 'in_progress');
    const back = await clinic.sit(visit.patient);
    expect(await back.event('welcome')).toMatchObject({ phase: 'waiting', mayJoin: true });
    expect(await back.event('seat:admitted')).toMatchObject({ peers: [] });
  });

  test('a visit that ends while someone is away holds nothing back', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    patient.cut();
    await doctor.event('peer:connection');
    await clinic.change(visit, 'ended');
    const back = await clinic.sit(visit.patient);
    expect(await back.refused()).toMatchObject({ code: 'VISIT_OVER' });
  });
});

test('a patient is admitted even if the push about it is lost', async () => {
  const clinic = await Harness.start({ visitCheckMs: 50 });
  const visit = clinic.api.add({ state: 'waiting' });
  const patient = await clinic.sit(visit.patient);
  await patient.event('welcome');
  visit.visit = { ...visit.visit, state: 'in_progress' };
  expect(await patient.event('seat:admitted')).toMatchObject({ peers: [], returning: [] });
  await clinic.close();
});

test('a visit that goes on is held and ended even if the pushes about it are lost', async () => {
  const clinic = await Harness.start({ visitCheckMs: 50, lingerMs: 50 });
  const { visit, doctor, patient } = await bothInRoom(clinic);
  visit.visit = { ...visit.visit, state: 'on_hold' };
  expect(await patient.event('visit:state')).toMatchObject({ state: 'on_hold', mayJoin: false });
  visit.visit = { ...visit.visit, state: 'ended' };
  await doctor.event('visit:state');
  expect(await doctor.event('visit:state')).toMatchObject({ state: 'ended' });
  expect(await patient.ended()).toBe('io server disconnect');
  await clinic.close();
});

test('a process that starts says so before it tells of anyone', async () => {
  const clinic = await Harness.start();
  await bothInRoom(clinic);
  await expect.poll(() => clinic.api.facts.map(({ type }) => type)).toContain('seat.joined');
  const types = clinic.api.facts.map(({ type }) => type);
  expect(types.filter((type) => type === 'signaling.started')).toHaveLength(1);
  expect(types[0]).toBe('signaling.started');
  await clinic.close();
});

test('facts reach api in order although it is away for a while', async () => {
  const clinic = await Harness.start({ graceMs: 1 });
  const { visit, patient } = await bothInRoom(clinic);
  clinic.api.outage = 'down';
  await patient.ask('seat:leave', {});
  clinic.api.outage = 'none';
  await expect
    .poll(() => factsAbout(clinic, visit.patient.seatId))
    .toEqual(['seat.connected', 'seat.joined', 'seat.disconnected', 'seat.left', 'seat.goodbye']);
  await clinic.close();
});

test('a stop tells api who is no longer connected', async () => {
  const clinic = await Harness.start();
  const { visit } = await bothInRoom(clinic);
  await clinic.close();
  const gone = clinic.api.seatFacts.filter(({ type }) => type === 'seat.disconnected');
  expect(gone.map(({ seatId }) => seatId).sort()).toEqual([visit.host.seatId, visit.patient.seatId].sort());
  expect(
    clinic.api.facts.some(({ type }) => type === 'seat.left'),
    'the visit goes on',
  ).toBe(false);
});

describe('the SFU breaks', () => {
  let sfu: RealSfu;
  let clinic: Harness;
  beforeEach(async () => {
    sfu = await RealSfu.start();
    clinic = await Harness.start({ sfuUrls: [sfu.url] });
  });
  afterEach(async () => {
    await clinic.close();
    await sfu.close();
  });

  test('words go on, and pages get new media over the same connection as soon as there is some', async () => {
    const { doctor, patient, welcomes } = await bothInRoom(clinic);
    await sfu.kill();
    const sent = await doctor.ask('chat:send', {
      clientMessageId: randomUUID(),
      body: 'I lost your picture',
    });
    expect(await patient.event('chat:message')).toEqual(sent);

    await sfu.startAgain();
    const [ofDoctor, ofPatient] = await Promise.all([
      doctor.event('media:renewed'),
      patient.event('media:renewed'),
    ]);
    expect(ofDoctor.transports.send.id).not.toBe(welcomes.doctor.transports?.send.id);
    expect(ofPatient.consumers).toEqual([]);
    await produce(patient);
    expect((await doctor.event('consumer:added')).consumers).toHaveLength(1);
    expect(patient.names).not.toContain('media:lost');
  });

  test('what was meant for transports that are gone does not reach the new ones', async () => {
    const { patient, welcomes } = await bothInRoom(clinic);
    const gone = welcomes.patient.transports;
    const { transports } = await patient.ask('media:renew', {});
    const connect = { direction: 'recv', dtlsParameters: DTLS_PARAMETERS } as const;
    expect(await patient.refusal('transport:connect', { ...connect, transportId: gone?.recv.id })).toBe(
      'MEDIA_REFUSED',
    );
    expect(await patient.ask('transport:connect', { ...connect, transportId: transports.recv.id })).toEqual(
      {},
    );
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

  test('who prepares in the lobby is told as well, and gets ahead anew what there is', async () => {
    const { visit, doctor } = await doctorInRoom(clinic, { isPrepared: true });
    const patient = await clinic.sit(visit.patient);
    expect((await patient.event('welcome')).prepared).toHaveLength(2);
    await sfu.kill();
    await sfu.startAgain();
    await Promise.all([doctor.event('media:renewed'), patient.event('media:renewed')]);
    await produce(doctor);
    expect((await patient.event('consumer:added')).consumers).toMatchObject([
      { source: 'microphone', seatId: visit.host.seatId },
    ]);
    expect(patient.names).not.toContain('peer:joined');
  });

  test('whoever comes while there is none gets it as soon as there is', async () => {
    const { visit, doctor } = await bothInRoom(clinic);
    await sfu.kill();
    const back = await clinic.sit(visit.patient, { takeOver: true });
    expect(await back.event('welcome')).toMatchObject({ phase: 'in_room', transports: null });
    await sfu.startAgain();
    await Promise.all([back.event('media:renewed'), doctor.event('media:renewed')]);
    await produce(doctor);
    expect((await back.event('consumer:added')).consumers).toHaveLength(1);
  });

  test('everybody knows who receives them, and knows that nobody knows while it is away', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    await produce(doctor);
    const { consumers } = await patient.event('consumer:added');
    const receiversOf = async (page: SeatPage) => (await page.event('seat:receivers')).receivers;
    expect(await receiversOf(doctor)).toEqual([]);
    await patient.ask('consumer:set-paused', { consumerIds: consumers.map(({ id }) => id), paused: false });
    expect(await receiversOf(doctor)).toEqual([{ seatId: visit.patient.seatId, sources: ['microphone'] }]);
    expect(await receiversOf(patient)).toEqual([]);
    await sfu.kill();
    expect(await receiversOf(doctor)).toBeNull();
    await sfu.startAgain();
    expect(await receiversOf(doctor)).toEqual([]);
  });

  test('one that hangs holds up media for a moment only', async () => {
    const impatient = await Harness.start({ sfuUrls: [sfu.url], sfuTimeoutMs: 500 });
    const { visit } = await bothInRoom(impatient);
    sfu.hang();
    const page = await impatient.sit(visit.patient, { takeOver: true });
    const { phase, transports } = await page.event('welcome');
    expect({ phase, transports }).toEqual({ phase: 'in_room', transports: null });
    sfu.goOn();
    await impatient.close();
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
});
