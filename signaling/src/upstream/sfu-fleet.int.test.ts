import { afterEach, beforeEach, expect, test } from 'vitest';
import { bothInRoom, endsOf, produce } from '../testing/both-in-room.ts';
import { Harness } from '../testing/harness.ts';
import { RealSfu } from '../testing/real-sfu.ts';

let nodes: readonly [north: RealSfu, south: RealSfu];
let clinic: Harness;

beforeEach(async () => {
  nodes = await Promise.all([RealSfu.start('north'), RealSfu.start('south')]);
  clinic = await Harness.start({ sfuUrls: nodes.map(({ url }) => url) });
  // The room of the visit that has tried whether there is media.
  await expect.poll(roomCounts).toEqual([0, 0]);
});
afterEach(async () => {
  await clinic.close();
  await Promise.all(nodes.map((node) => node.close()));
});

function roomCounts(): Promise<number[]> {
  return Promise.all(nodes.map((node) => node.rooms()));
}

test('visits are spread over the nodes, and each is on one of them', async () => {
  const visits = [];
  for (let count = 0; count < 4; count += 1) visits.push(await bothInRoom(clinic));
  expect(await roomCounts()).toEqual([2, 2]);
  for (const { doctor, patient } of visits) {
    await produce(doctor);
    expect((await patient.event('consumer:added')).consumers).toHaveLength(1);
  }
  for (const { doctor, patient } of visits)
    for (const page of [doctor, patient]) await page.ask('seat:leave', {});
  await expect.poll(roomCounts).toEqual([0, 0]);
});

test('a signaling process that has just started finds a visit where it is, and many who ask at once share one place', async () => {
  const kept = await bothInRoom(clinic);
  const places = await roomCounts();
  await clinic.replaceServer();
  const visit = clinic.api.add({ state: 'in_progress', guests: 6 });
  const newcomers = await Promise.all(
    [visit.host, visit.patient, ...visit.guests].map((seat) => clinic.sit(seat)),
  );
  const back = await Promise.all([
    clinic.sit(kept.visit.host, { keep: kept.welcomes.doctor }),
    clinic.sit(kept.visit.patient, { keep: kept.welcomes.patient }),
  ]);
  const [doctor, patient] = await Promise.all(back.map((page) => page.event('welcome')));
  expect(doctor?.transports).toMatchObject(endsOf(kept.welcomes.doctor));
  expect(patient?.transports).toMatchObject(endsOf(kept.welcomes.patient));
  for (const page of newcomers) expect((await page.event('welcome')).transports).not.toBeNull();
  const [north = 0, south = 0] = await roomCounts();
  expect([north, south].reduce((sum, count) => sum + count)).toBe(2);
  expect([north, south].map((count, index) => count >= (places[index] ?? 0))).toEqual([true, true]);
});

test('what does not open a seat makes no room', async () => {
  const { patient } = await bothInRoom(clinic);
  const before = await roomCounts();
  const wordsOnly = clinic.api.add({ state: 'in_progress' });
  const page = await clinic.sit(wordsOnly.host, { wordsOnly: true });
  await page.event('welcome');
  await page.ask('seat:join', {});
  await clinic.change(wordsOnly, 'on_hold');
  await page.event('visit:state');
  await page.ask('seat:leave', {});
  await patient.ask('seat:ping', {});
  expect(await roomCounts()).toEqual(before);
});
