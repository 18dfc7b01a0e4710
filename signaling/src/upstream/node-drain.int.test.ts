import type { MediaPath, SeatTransports } from '@careconnect/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectNatively } from '../../../sfu/src/testing/native-browser.ts';
import { CAMERA, createNativeCamera } from '../../../sfu/src/testing/native-camera.ts';
import {
  bothInRoom,
  doctorInRoom,
  endsOf,
  produce,
  shareScreen,
  type BothInRoom,
} from '../testing/both-in-room.ts';
import { camera } from '../testing/rtp.ts';
import type { TestSeatPage } from '../testing/test-page.ts';
import { expectRenewed, TwoNodes } from '../testing/two-nodes.ts';

/** Far more than anybody may send, bits a second. */
const A_FLOOD = 20_000_000;

let two: TwoNodes;

beforeEach(async () => {
  two = await TwoNodes.start();
});
afterEach(() => two.close());

/** Connects to these transports as a browser does: ICE, DTLS and all. */
async function connectTo(page: TestSeatPage, transports: SeatTransports | null) {
  if (!transports) throw new Error('there is no media to connect to');
  const { recv } = transports;
  const browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await page.ask('transport:connect', { direction: 'recv', transportId: recv.id, dtlsParameters });
  await browser.connected;
  return browser;
}

/** What a page says that shows everything over its new path. */
function arrive(page: TestSeatPage, { transports }: MediaPath) {
  return page.ask('media:arrived', { transportId: transports.recv.id });
}

async function expectMoved({ doctor, patient }: BothInRoom): Promise<void> {
  await Promise.all([doctor.event('media:moved'), patient.event('media:moved')]);
}

test('the old path of a visit flows until everyone has come over, and its node goes then', async () => {
  const both = await bothInRoom(two.clinic);
  const { doctor, patient, welcomes } = both;
  const [home, other] = await two.placesOfVisit();
  const before = await Promise.all([
    connectTo(doctor, welcomes.doctor.transports),
    connectTo(patient, welcomes.patient.transports),
  ]);

  const stopped = home.sfu.stop();
  const moving = await expectRenewed(both, 'media:moving');
  const after = await Promise.all([
    connectTo(doctor, moving.doctor.transports),
    connectTo(patient, moving.patient.transports),
  ]);
  await arrive(doctor, moving.doctor);
  await arrive(patient, { ...moving.patient, transports: welcomes.patient.transports! });
  expect(await two.roomCounts(), 'one has not come over').toEqual([1, 1]);
  expect(before.map(({ isConnected }) => isConnected)).toEqual([true, true]);
  expect(doctor.names).not.toContain('media:moved');
  await arrive(patient, moving.patient);
  await expectMoved(both);
  expect(await stopped).toBe(0);
  expect(await other.sfu.rooms()).toBe(1);
  for (const browser of [...before, ...after]) browser.close();
});

test('a node that is to carry nothing empties itself, takes nothing new and stays', async () => {
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  home.sfu.drain();
  const moving = await expectRenewed(both, 'media:moving');
  await Promise.all([arrive(both.doctor, moving.doctor), arrive(both.patient, moving.patient)]);
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
  await Promise.all([doctor.event('media:moving'), patient.event('media:moving')]);
  const offer = await produce(doctor);
  const { consumers } = await patient.event('consumer:added');
  expect(consumers).toMatchObject([{ producerId: offer, isProducerPaused: true }]);
});

/** A visit on its way to another node, of which the doctor's page is still connected to both. */
async function visitOnItsWay() {
  const both = await bothInRoom(two.clinic);
  const [home] = await two.placesOfVisit();
  const before = await connectTo(both.doctor, both.welcomes.doctor.transports);
  home.sfu.drain();
  const moving = await expectRenewed(both, 'media:moving');
  expect(await two.roomCounts()).toEqual([1, 1]);
  return { both, home, before, moving };
}

test('what is muted, let go and shown while a visit moves is so at its new home, also for who comes back', async () => {
  const { both, home, moving } = await visitOnItsWay();
  const { doctor, patient, visit } = both;
  const voice = await produce(patient);
  const [heard] = (await doctor.event('consumer:added')).consumers;
  for (const paused of [true, false, true]) {
    await patient.ask('producer:set-paused', { producerId: voice, paused });
    expect(await doctor.event('consumer:paused')).toEqual({
      consumerId: heard?.id,
      isProducerPaused: paused,
    });
  }
  const first = await shareScreen(doctor);
  const [shown] = (await patient.event('consumer:added')).consumers;
  await arrive(doctor, moving.doctor);
  await doctor.ask('producer:close', { producerId: first });
  expect(await patient.event('consumer:closed')).toEqual({ consumerId: shown?.id });
  const second = await shareScreen(patient);
  expect((await doctor.event('consumer:added')).consumers).toMatchObject([{ source: 'screen' }]);
  expect(await two.roomCounts(), 'one has not come over').toEqual([1, 1]);

  await arrive(patient, moving.patient);
  await expectMoved(both);
  expect(await home.sfu.rooms()).toBe(0);
  doctor.close();
  const { room } = await (await two.clinic.sit(visit.host, { keep: moving.doctor })).event('welcome');
  const ofPatient = room?.consumers.map(({ producerId, source, isProducerPaused }) => ({
    producerId,
    source,
    isProducerPaused,
  }));
  expect(ofPatient).toHaveLength(2);
  expect(ofPatient).toEqual(
    expect.arrayContaining([
      { producerId: voice, source: 'microphone', isProducerPaused: true },
      { producerId: second, source: 'screen', isProducerPaused: false },
    ]),
  );
});

test.each([
  ['a hold', ({ visit }) => two.clinic.change(visit, 'on_hold')],
  ['somebody who leaves', async ({ patient }) => void (await patient.ask('seat:leave', {}))],
] satisfies [string, (both: BothInRoom) => Promise<void>][])(
  '%s ends the old path at once',
  async (_what, happen) => {
    const { both, home, before } = await visitOnItsWay();
    expect(before.isConnected).toBe(true);
    await happen(both);
    await both.doctor.event('media:moved');
    expect(await home.sfu.rooms()).toBe(0);
    await expect.poll(() => before.isConnected).toBe(false);
    before.close();
  },
);

test('a page whose new path breaks meanwhile gets another one there at once, and holds up nobody', async () => {
  const { both, home, before, moving } = await visitOnItsWay();
  const { transports } = await both.doctor.ask('media:renew', {});
  expect(transports.recv.id).not.toBe(moving.doctor.transports.recv.id);
  expect(before.isConnected).toBe(true);
  await arrive(both.patient, moving.patient);
  await expectMoved(both);
  expect(await home.sfu.rooms()).toBe(0);
  before.close();
});

test('the node to which a visit is on its way dies: it gets a home anew, and one path', async () => {
  const { both, home, before } = await visitOnItsWay();
  const target = two.nodes.find((node) => node !== home)!;
  await Promise.all([target.link.close(), target.sfu.kill()]);
  await expectRenewed(both);
  expect(await home.sfu.rooms()).toBe(1);
  await expect.poll(() => before.isConnected).toBe(false);
  before.close();
});

test('signaling ends in the middle: the next process finds the visit at its new home', async () => {
  const { both, home, before, moving } = await visitOnItsWay();
  const browser = await connectTo(both.doctor, moving.doctor.transports);
  await two.clinic.replaceServer();
  const doctor = await two.clinic.sit(both.visit.host, { keep: moving.doctor });
  const welcome = await doctor.event('welcome');
  expect(welcome).toMatchObject({ phase: 'in_room', transports: endsOf(moving.doctor) });
  await expect.poll(() => home.sfu.rooms()).toBe(0);
  for (const each of [before, browser]) each.close();
});

test('someone who comes in while their visit moves meets the other at the new home', async () => {
  const { visit, doctor } = await doctorInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  home.sfu.drain();
  const patient = await two.clinic.sit(visit.patient);
  await patient.event('welcome');
  await patient.ask('seat:join', {});
  const moving = await doctor.event('media:moving');
  await arrive(doctor, moving);
  await expect.poll(() => home.sfu.rooms()).toBe(0);
  expect(await other.sfu.rooms()).toBe(1);
  await produce(doctor);
  expect((await patient.event('consumer:added')).consumers).toHaveLength(1);
});

test('with nowhere to go, visits stay until their node goes, and a node that comes takes them', async () => {
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  await other.sfu.kill();
  const { doctor } = both;
  home.sfu.drain();
  await expect.poll(async () => (await fetch(`${home.sfu.url}/readyz`)).status).toBe(503);
  expect(await doctor.refusal('transport:restart-ice', { direction: 'send' })).toBe('not refused');
  expect(doctor.names).not.toContain('media:moving');
  await other.sfu.startAgain();
  const moving = await expectRenewed(both, 'media:moving');
  await Promise.all([arrive(doctor, moving.doctor), arrive(both.patient, moving.patient)]);
  await expect.poll(() => home.sfu.rooms()).toBe(0);
});

test('who does not say that they have come over keeps the node no longer than is borne', async () => {
  await two.close();
  two = await TwoNodes.start({ sfuMoveMs: 200 });
  const both = await bothInRoom(two.clinic);
  const [home] = await two.placesOfVisit();
  const stopped = home.sfu.stop();
  await expectRenewed(both, 'media:moving');
  await expectMoved(both);
  expect(await stopped).toBe(0);
});

test('who floods the old home of a visit while it moves is expelled from the visit', async () => {
  const both = await bothInRoom(two.clinic);
  const { doctor, patient, visit, welcomes } = both;
  const [home] = await two.placesOfVisit();
  const { send } = welcomes.patient.transports!;
  const flooding = await createNativeCamera(send, A_FLOOD);
  const { dtlsParameters } = flooding;
  await patient.ask('transport:connect', { direction: 'send', transportId: send.id, dtlsParameters });
  await patient.ask('producer:create', {
    kind: 'video',
    source: 'camera',
    rtpParameters: { ...camera(CAMERA.mid), encodings: [{ ssrc: CAMERA.ssrc }] },
    paused: false,
  });
  home.sfu.drain();
  await Promise.all([doctor.event('media:moving'), patient.event('media:moving')]);
  await flooding.start();
  await patient.ended();
  expect(await doctor.event('peer:left')).toEqual({ seatId: visit.patient.seatId });
  const back = await two.clinic.sit(visit.patient);
  expect(await back.refused()).toMatchObject({ code: 'SENT_TOO_MUCH' });
  flooding.close();
}, 40_000);
