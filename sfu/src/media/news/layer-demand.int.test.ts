import { expect, test } from 'vitest';
import { type TestSeat, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();
/** Less is told after 3 s. */
const LATER = { timeout: 6_000 };

test('a sender learns which layers are watched: more at once, less in a while', async () => {
  const [doctor, patient] = await visits.preparedPair();
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  await visits.invite(patient);
  await expect.poll(() => demand(doctor), LATER).toBe(0);

  const { consumers } = await visits.signaling.ask('seat:enter', { ...patient, isHeld: false });
  const camera = consumers.find(
    ({ seatId, consumer }) => seatId === patient.seatId && consumer.kind === 'video',
  )?.consumer;
  const consumerId = camera?.id ?? '';
  const setPaused = (paused: boolean) =>
    visits.signaling.ask('consumer:set-paused', { ...patient, consumerIds: [consumerId], paused });
  await setPaused(false);
  expect(demand(doctor)).toBe(2);

  await visits.signaling.ask('consumer:set-layers', { ...patient, consumerId, layers: { spatialLayer: 1 } });
  expect(demand(doctor), 'it may be for a moment only').toBe(2);
  await expect.poll(() => demand(doctor), LATER).toBe(1);
  await visits.signaling.ask('consumer:set-layers', { ...patient, consumerId, layers: { spatialLayer: 2 } });
  expect(demand(doctor)).toBe(2);

  await setPaused(true);
  await setPaused(false);
  await setPaused(true);
  await expect.poll(() => demand(doctor), LATER).toBe(-1);
  await setPaused(false);
  expect(demand(doctor)).toBe(2);
});

test('who comes back is told again', async () => {
  const { doctor } = await visits.aVisit();
  await expect.poll(() => demand(doctor), LATER).toBe(-1);
  const before = told(doctor).length;
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  await expect.poll(() => told(doctor).length).toBe(before + 1);
  expect(demand(doctor)).toBe(-1);
});

function told({ seatId }: TestSeat) {
  return visits.signaling.seen('producer:demand').filter((event) => event.seatId === seatId);
}

function demand(owner: TestSeat): number | undefined {
  return told(owner).at(-1)?.maxSpatialLayer;
}
