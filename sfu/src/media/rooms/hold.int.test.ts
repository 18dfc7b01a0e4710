import { expect, test } from 'vitest';
import { aScreen, aSeat, type TestSeat, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('while a room is held nothing flows, and then goes on what its owner wants', async () => {
  const { doctor, patient, consumers } = await visits.aVisit();
  const producerOf = ({ seatId }: TestSeat) =>
    consumers.find((view) => view.producerSeatId === seatId && view.consumer.kind === 'audio')?.consumer
      .producerId ?? '';
  const pause = (seat: TestSeat, paused: boolean) =>
    visits.signaling.ask('producer:set-paused', { ...seat, producerId: producerOf(seat), paused });
  await Promise.all([pause(doctor, false), pause(patient, false)]);
  expect(await visits.flowing(patient, { isHeld: false })).toEqual([producerOf(doctor)]);

  await visits.signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: true });
  expect(await visits.flowing(patient, { isHeld: true })).toEqual([]);
  const screen = await visits.signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false });
  expect(screen.consumers).toMatchObject([{ consumer: { isProducerPaused: true } }]);
  await Promise.all([pause(doctor, false), pause(patient, true)]);
  expect(await visits.flowing(patient, { isHeld: true }), 'no owner can end a hold').toEqual([]);

  await visits.signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: false });
  const wanted = [producerOf(doctor), screen.producerId].sort();
  expect(await visits.flowing(patient, { isHeld: false })).toEqual(wanted);
  expect(await visits.flowing(doctor, { isHeld: false }), 'muted by its owner meanwhile').toEqual([]);
});

test('whoever enters brings the word about a hold', async () => {
  const { doctor, patient } = await visits.aVisit();
  const screen = await visits.signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false });
  expect(await visits.flowing(patient, { isHeld: true })).toEqual([]);
  expect(await visits.flowing(patient, { isHeld: false })).toEqual([screen.producerId]);
});

test('a track that is being made when a hold begins does not flow', async () => {
  const { doctor, patient } = await visits.aVisit();
  await Promise.all([
    visits.signaling.ask('producer:create', { ...doctor, ...aScreen(), paused: false }),
    visits.signaling.ask('room:set-held', { roomId: doctor.roomId, isHeld: true }),
  ]);
  expect(await visits.flowing(patient, { isHeld: true })).toEqual([]);
});

test('a room that does not exist is none to hold', async () => {
  const { roomId } = aSeat();
  expect(await visits.signaling.ask('room:set-held', { roomId, isHeld: true })).toEqual({});
  expect(visits.sfu.counts().rooms).toBe(0);
});
