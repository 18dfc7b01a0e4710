import { expect, onTestFinished, test } from 'vitest';
import { bothInRoom, factsAbout } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';

async function aClinic(options: Parameters<typeof Harness.start>[0] = {}): Promise<Harness> {
  const clinic = await Harness.start(options);
  onTestFinished(() => clinic.close());
  return clinic;
}

test('a patient is admitted even if the push about it is lost', async () => {
  const clinic = await aClinic({ visitCheckMs: 50 });
  const visit = clinic.api.add({ state: 'waiting' });
  const patient = await clinic.sit(visit.patient);
  await patient.event('welcome');
  visit.visit = { ...visit.visit, state: 'in_progress' };
  expect(await patient.event('seat:admitted')).toMatchObject({ peers: [], returning: [] });
});

test('a visit that goes on is held and ended even if the pushes about it are lost', async () => {
  const clinic = await aClinic({ visitCheckMs: 50, lingerMs: 50 });
  const { visit, doctor, patient } = await bothInRoom(clinic);
  visit.visit = { ...visit.visit, state: 'on_hold' };
  expect(await patient.event('visit:state')).toMatchObject({ state: 'on_hold', mayJoin: false });
  visit.visit = { ...visit.visit, state: 'ended' };
  await doctor.event('visit:state');
  expect(await doctor.event('visit:state')).toMatchObject({ state: 'ended' });
  expect(await patient.ended()).toBe('io server disconnect');
});

test('a process that starts says so before it tells of anyone', async () => {
  const clinic = await aClinic();
  await bothInRoom(clinic);
  await expect.poll(() => clinic.api.facts.map(({ type }) => type)).toContain('seat.joined');
  const types = clinic.api.facts.map(({ type }) => type);
  expect(types.filter((type) => type === 'signaling.started')).toHaveLength(1);
  expect(types[0]).toBe('signaling.started');
});

test('facts reach api in order although it is away for a while', async () => {
  const clinic = await aClinic({ graceMs: 1 });
  const { visit, patient } = await bothInRoom(clinic);
  clinic.api.outage = 'down';
  await patient.ask('seat:leave', {});
  clinic.api.outage = 'none';
  await expect
    .poll(() => factsAbout(clinic, visit.patient.seatId))
    .toEqual(['seat.connected', 'seat.joined', 'seat.disconnected', 'seat.left', 'seat.goodbye']);
});

test('a stop tells api who is no longer connected', async () => {
  const clinic = await aClinic();
  const { visit } = await bothInRoom(clinic);
  await clinic.close();
  const gone = clinic.api.seatFacts.filter(({ type }) => type === 'seat.disconnected');
  expect(gone.map(({ seatId }) => seatId).sort()).toEqual([visit.host.seatId, visit.patient.seatId].sort());
  expect(
    clinic.api.facts.some(({ type }) => type === 'seat.left'),
    'the visit goes on',
  ).toBe(false);
});
