import type { SeatTransports } from '@careconnect/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectNatively } from '../../../sfu/src/testing/native-browser.ts';
import { bothInRoom, produce } from '../testing/both-in-room.ts';
import type { SeatPage } from '../testing/test-page.ts';
import { expectRenewed, TwoNodes } from '../testing/two-nodes.ts';

let two: TwoNodes;

beforeEach(async () => {
  two = await TwoNodes.start();
});
afterEach(() => two.close());

/** Connects to these transports as a browser does: ICE, DTLS and all. */
async function connectTo(page: SeatPage, transports: SeatTransports | null) {
  if (!transports) throw new Error('there is no media to connect to');
  const { recv } = transports;
  const browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await page.ask('transport:connect', { direction: 'recv', transportId: recv.id, dtlsParameters });
  await browser.connected;
  return browser;
}

test('two browsers in a live visit go on at another node when theirs is stopped, which then goes', async () => {
  const both = await bothInRoom(two.clinic);
  const { doctor, patient, welcomes } = both;
  const [home, other] = await two.placesOfVisit();
  const before = [
    await connectTo(doctor, welcomes.doctor.transports),
    await connectTo(patient, welcomes.patient.transports),
  ];

  const stopped = home.sfu.stop();
  const renewed = await expectRenewed(both);
  const after = [
    await connectTo(doctor, renewed.doctor.transports),
    await connectTo(patient, renewed.patient.transports),
  ];
  expect(await stopped).toBe(0);
  expect(await other.sfu.rooms()).toBe(1);
  for (const browser of [...before, ...after]) browser.close();
});

test('a node that is to carry nothing empties itself, takes nothing new and stays', async () => {
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  home.sfu.drain();
  await expectRenewed(both);
  await expect.poll(() => home.sfu.rooms()).toBe(0);
  for (let count = 0; count < 3; count += 1) await bothInRoom(two.clinic);
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([0, 4]);
  expect((await fetch(`${home.sfu.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${home.sfu.url}/healthz`)).status).toBe(200);
});

test('a hold goes with the visit', async () => {
  const { visit, doctor, patient } = await bothInRoom(two.clinic);
  const [home] = await two.placesOfVisit();
  await two.clinic.change(visit, 'on_hold');
  await patient.event('visit:state');
  home.sfu.drain();
  await Promise.all([doctor.event('media:renewed'), patient.event('media:renewed')]);
  const offer = await produce(doctor);
  const { consumers } = await patient.event('consumer:added');
  expect(consumers).toMatchObject([{ producerId: offer, isProducerPaused: true }]);
});

test('with nowhere to go, visits stay until their node goes, and a node that comes takes them', async () => {
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  await other.sfu.kill();
  const { doctor } = both;
  home.sfu.drain();
  await expect.poll(async () => (await fetch(`${home.sfu.url}/readyz`)).status).toBe(503);
  expect(await doctor.refusal('transport:restart-ice', { direction: 'send' })).toBe('not refused');
  expect(doctor.names).not.toContain('media:renewed');
  await other.sfu.startAgain();
  await expectRenewed(both);
  await expect.poll(() => home.sfu.rooms()).toBe(0);
});
