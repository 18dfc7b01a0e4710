import { expect, test } from 'vitest';
import { bothInRoom, produce } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import type { Harness } from '../../testing/harness.ts';
import type { TestSeatPage } from '../../testing/test-page.ts';

let clinic: Harness;
clinicOnMedia((started) => (clinic = started));

test('a hold stops what flows, and its end lets go on what was not muted', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const [ofDoctor, ofPatient] = [await produce(doctor), await produce(patient)];
  const [toPatient, toDoctor] = [await consumerOf(patient), await consumerOf(doctor)];

  await clinic.change(visit, 'on_hold');
  expect(await patient.event('consumer:paused')).toEqual({ consumerId: toPatient, isProducerPaused: true });
  expect(await doctor.event('consumer:paused')).toEqual({ consumerId: toDoctor, isProducerPaused: true });
  for (const [page, producerId] of [
    [doctor, ofDoctor],
    [patient, ofPatient],
  ] as const) {
    expect(await page.refusal('producer:set-paused', { producerId, paused: false })).toBe('VISIT_ON_HOLD');
  }
  await patient.ask('producer:set-paused', { producerId: ofPatient, paused: true });

  await clinic.change(visit, 'in_progress');
  expect(await patient.event('consumer:paused')).toEqual({ consumerId: toPatient, isProducerPaused: false });
  await patient.ask('producer:set-paused', { producerId: ofPatient, paused: false });
  expect(await doctor.event('consumer:paused'), 'only when its owner says so').toEqual({
    consumerId: toDoctor,
    isProducerPaused: false,
  });
});

test('what is made during a hold begins with its end', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  await clinic.change(visit, 'on_hold');
  await patient.event('visit:state');
  await produce(patient);
  const [consumer] = (await doctor.event('consumer:added')).consumers;
  expect(consumer?.isProducerPaused).toBe(true);
  await clinic.change(visit, 'in_progress');
  expect(await doctor.event('consumer:paused')).toEqual({
    consumerId: consumer?.id,
    isProducerPaused: false,
  });
});

test('a hold that signaling has slept through holds too, and so does its end', async () => {
  const { visit, patient, welcomes } = await bothInRoom(clinic);
  await produce(patient);
  visit.visit = { ...visit.visit, state: 'on_hold' };
  await clinic.replaceServer();
  const held = await clinic.sit(visit.host, { keep: welcomes.doctor });
  expect((await held.event('welcome')).room?.consumers).toMatchObject([{ isProducerPaused: true }]);

  visit.visit = { ...visit.visit, state: 'in_progress' };
  await clinic.replaceServer();
  const resumed = await clinic.sit(visit.host, { keep: welcomes.doctor });
  expect((await resumed.event('welcome')).room?.consumers).toMatchObject([{ isProducerPaused: false }]);
});

async function consumerOf(page: TestSeatPage): Promise<string> {
  const [consumer] = (await page.event('consumer:added')).consumers;
  return consumer?.id ?? '';
}
