import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSocketMatrix } from './testing/authorisation-matrix/run.ts';
import { runTickets } from './testing/authorisation-matrix/tickets.ts';
import { Harness } from './testing/harness.ts';
import { RealSfu } from './testing/real-sfu.ts';

let sfu: RealSfu;
let clinic: Harness;

beforeAll(async () => {
  sfu = await RealSfu.start();
  clinic = await Harness.start({ sfuUrls: [sfu.url] });
});
afterAll(async () => {
  await clinic.close();
  await sfu.stop();
});

test('everyone may ask over a live connection what the reviewed table says', async () => {
  const cases = await runSocketMatrix(clinic);
  expect(cases.length).toBeGreaterThan(150);
  expect(cases.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
}, 60_000);

test('nobody gets a live connection but by a fresh ticket of their own', async () => {
  const cases = await runTickets(clinic);
  expect(cases.length).toBeGreaterThan(15);
  expect(cases.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
});
