import { expect, test } from 'vitest';
import { aPair, aScreen, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('someone invited gets consumers ahead, and is neither shown anything nor shown to anyone', async () => {
  const [doctor, patient] = await visits.preparedPair();
  expect(await visits.invite(patient), 'nobody is inside').toEqual([]);

  const ahead = (await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false })).consumers;
  expect(
    ahead.map(({ seatId, producerSeatId }) => [seatId, producerSeatId]),
    'all of them the patient’s, of the doctor',
  ).toEqual([
    [patient.seatId, doctor.seatId],
    [patient.seatId, doctor.seatId],
  ]);
  const ready = ahead.map(({ consumer }) => consumer.id);
  const again = await visits.invite(patient);
  expect(again.map(({ consumer }) => consumer.id).sort()).toEqual([...ready].sort());
  const resume = { ...patient, consumerIds: ready, paused: false };
  await expect(visits.signaling.ask('consumer:set-paused', resume)).rejects.toThrow('MEDIA_REFUSED');
  expect(ready.map((id) => visits.isPaused(id))).toEqual([true, true]);
});

test('entering lets those flow that are ready, and only the seat’s own', async () => {
  const [doctor, patient] = await visits.preparedPair();
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const [ready, notReady] = (await visits.invite(patient)).map(({ consumer }) => consumer.id);
  const entering = { ...patient, isHeld: false, ready: [ready ?? '', 'ended'] };
  const { consumers } = await visits.signaling.ask('seat:enter', entering);
  expect(consumers).toHaveLength(4);
  expect([visits.isPaused(ready), visits.isPaused(notReady)]).toEqual([false, true]);

  const ofDoctor = consumers.flatMap(({ seatId, consumer }) =>
    seatId === doctor.seatId ? [consumer.id] : [],
  );
  await visits.signaling.ask('seat:enter', { ...patient, isHeld: false, ready: ofDoctor });
  expect(ofDoctor.map((id) => visits.isPaused(id))).toEqual([true, true]);
});

test('an invitation that is withdrawn leaves nothing, also of a track that is just being made', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([visits.open(doctor), visits.open(patient)]);
  await Promise.all([visits.produceBoth(doctor), visits.invite(patient)]);
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(visits.sfu.counts()).toMatchObject({ consumers: 2 });
  await Promise.all([
    visits.signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false }),
    visits.invite(patient, false),
  ]);
  expect(visits.sfu.counts()).toMatchObject({ consumers: 0 });
  expect(await visits.invite(patient)).toHaveLength(3);
});

test('who is inside is told with every entry', async () => {
  const [doctor, patient] = aPair();
  await Promise.all([visits.open(doctor), visits.open(patient)]);
  await visits.invite(patient);
  const first = await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(first.inside).toEqual([doctor.seatId]);
  const second = await visits.signaling.ask('seat:enter', { ...patient, isHeld: false });
  expect(second.inside.sort()).toEqual([doctor.seatId, patient.seatId].sort());
});

test.each([true, false])('who is inside is left alone by an invitation: %s', async (isInvited) => {
  const { doctor, patient } = await visits.aVisit();
  await visits.invite(patient, isInvited);
  const screen = await visits.signaling.ask('producer:create', { ...patient, ...aScreen(), paused: false });
  expect(screen.consumers.map(({ seatId }) => seatId)).toEqual([doctor.seatId]);
});
