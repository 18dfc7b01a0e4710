import type { SeatConsumer } from '@careconnect/contracts/internal';
import { expect, test } from 'vitest';
import { type TestSeat, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('who receives whom is told as it begins, is muted, and ends', async () => {
  const { doctor, patient, consumers } = await visits.aVisit();
  const ofDoctor = consumers.filter(({ producerSeatId }) => producerSeatId === doctor.seatId);
  expect(await received(doctor), 'nothing flows that its viewer has not asked for').toEqual([]);

  await Promise.all(ofDoctor.map(({ consumer }) => unmute(doctor, consumer)));
  await watch(patient, ofDoctor);
  const patientReceives = { producerSeatId: doctor.seatId, seatId: patient.seatId };
  await expect
    .poll(() => received(doctor))
    .toEqual([{ ...patientReceives, sources: ['camera', 'microphone'] }]);

  const [camera] = ofDoctor.filter(({ consumer }) => consumer.source === 'camera');
  await visits.signaling.ask('producer:set-paused', {
    ...doctor,
    producerId: camera?.consumer.producerId ?? '',
    paused: true,
  });
  await expect.poll(() => received(doctor)).toEqual([{ ...patientReceives, sources: ['microphone'] }]);

  await visits.signaling.ask('seat:close', patient);
  await expect.poll(() => received(doctor)).toEqual([]);
});

test('whoever asks to enter again learns what flows, also when nothing has changed', async () => {
  const { doctor } = await visits.aVisit();
  await expect.poll(() => news().length).toBeGreaterThan(0);
  const before = news().length;
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  await expect.poll(() => news().length).toBe(before + 1);
});

function news() {
  return visits.signaling.seen('room:receivers');
}

/** As told last. */
async function received({ roomId }: TestSeat) {
  await visits.signaling.event('room:receivers');
  return news().findLast((told) => told.roomId === roomId)?.receivers;
}

function unmute(owner: TestSeat, { producerId }: SeatConsumer['consumer']) {
  return visits.signaling.ask('producer:set-paused', { ...owner, producerId, paused: false });
}

function watch(viewer: TestSeat, consumers: readonly SeatConsumer[]) {
  const consumerIds = consumers.map(({ consumer }) => consumer.id);
  return visits.signaling.ask('consumer:set-paused', { ...viewer, consumerIds, paused: false });
}
