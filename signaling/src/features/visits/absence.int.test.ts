import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bothInRoom, factsAbout } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';

/** Longer than a page needs to come back here, however busy the machine; as short as that allows. */
const GRACE_MS = 800;

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
