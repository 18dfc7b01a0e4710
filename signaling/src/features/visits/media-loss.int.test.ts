import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bothInRoom, doctorInRoom, produce } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';
import { RealSfu } from '../../testing/real-sfu.ts';
import type { TestSeatPage } from '../../testing/test-page.ts';

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
  const receiversOf = async (page: TestSeatPage) => (await page.event('seat:receivers')).receivers;
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
  try {
    const { visit } = await bothInRoom(impatient);
    sfu.hang();
    const page = await impatient.sit(visit.patient, { takeOver: true });
    const { phase, transports } = await page.event('welcome');
    expect({ phase, transports }).toEqual({ phase: 'in_room', transports: null });
  } finally {
    sfu.goOn();
    await impatient.close();
  }
});
