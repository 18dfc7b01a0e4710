import { afterEach, expect, test } from 'vitest';
import { bothInRoom, produce, type BothInRoom } from '../testing/both-in-room.ts';
import { Harness } from '../testing/harness.ts';
import { RealSfu } from '../testing/real-sfu.ts';
import { UnsteadyLink } from '../testing/unsteady-link.ts';

interface Node {
  readonly sfu: RealSfu;
  readonly link: UnsteadyLink;
}

let nodes: readonly Node[];
let clinic: Harness;

async function start(count: number, sfuSilentMs: number): Promise<void> {
  nodes = await Promise.all(
    ['north', 'south'].slice(0, count).map(async (name) => {
      const sfu = await RealSfu.start(name);
      return { sfu, link: await UnsteadyLink.to(sfu.port) };
    }),
  );
  clinic = await Harness.start({ sfuUrls: nodes.map(({ link }) => link.url), sfuSilentMs });
  await expect.poll(roomCounts).toEqual(nodes.map(() => 0));
}

afterEach(async () => {
  await clinic.close();
  await Promise.all(nodes.map(({ link }) => link.close()));
  await Promise.all(nodes.map(({ sfu }) => sfu.close()));
});

function roomCounts(): Promise<number[]> {
  return Promise.all(nodes.map(({ sfu }) => sfu.rooms()));
}

/** The node that a visit is on, and the one that it is not on. */
async function placesOfVisit(): Promise<[home: Node, other: Node]> {
  const counts = await roomCounts();
  const home = nodes.find((_node, index) => counts[index] === 1);
  const other = nodes.find((_node, index) => counts[index] === 0);
  if (!home || !other) throw new Error(`the visit is not on one of two nodes: ${counts.join(', ')}`);
  return [home, other];
}

async function expectRenewed({ doctor, patient, welcomes }: BothInRoom): Promise<void> {
  const [ofDoctor, ofPatient] = await Promise.all([
    doctor.event('media:renewed'),
    patient.event('media:renewed'),
  ]);
  expect(ofDoctor.transports.send.id).not.toBe(welcomes.doctor.transports?.send.id);
  expect(ofPatient.transports.send.id).not.toBe(welcomes.patient.transports?.send.id);
  await produce(doctor);
  expect((await patient.event('consumer:added')).consumers).toHaveLength(1);
  for (const page of [doctor, patient]) expect(page.names).not.toContain('media:lost');
}

async function expectUntouched({ doctor, patient }: BothInRoom): Promise<void> {
  // Of what it answers only a node that can be asked knows anything.
  await expect
    .poll(() => patient.refusal('transport:restart-ice', { direction: 'send' }))
    .toBe('not refused');
  await produce(doctor);
  expect((await patient.event('consumer:added')).consumers).toHaveLength(1);
  for (const page of [doctor, patient]) {
    expect(page.names).not.toContain('media:renewed');
    expect(page.names).not.toContain('media:lost');
  }
}

test('a visit goes on at another node when its own is killed, which holds nothing of it when it is back', async () => {
  await start(2, 60_000);
  const both = await bothInRoom(clinic);
  const [home, other] = await placesOfVisit();
  // As if the machine of the process answered by itself.
  await Promise.all([home.link.close(), home.sfu.kill()]);
  await expectRenewed(both);
  expect(await other.sfu.rooms()).toBe(1);
  await home.sfu.startAgain();
  expect(await home.sfu.rooms()).toBe(0);
});

test('a connection that breaks costs no media while the node lives', async () => {
  await start(2, 60_000);
  const both = await bothInRoom(clinic);
  const [home, other] = await placesOfVisit();
  home.link.cut();
  await expectUntouched(both);
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([1, 0]);
});

test('silence that ends in time costs no media, and meanwhile nothing is placed anew', async () => {
  await start(2, 60_000);
  const both = await bothInRoom(clinic);
  const [home, other] = await placesOfVisit();
  home.link.silence();
  // Noticed when the connection is given up.
  await expect.poll(() => both.doctor.names.includes('seat:receivers'), { timeout: 8_000 }).toBe(true);
  await expect
    .poll(async () => (await both.doctor.event('seat:receivers')).receivers, { timeout: 8_000 })
    .toBeNull();
  expect(await both.patient.refusal('media:renew', {})).toBe('MEDIA_UNAVAILABLE');
  expect(await other.sfu.rooms()).toBe(0);
  home.link.mend();
  await both.patient.event('media:renewed');
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([1, 0]);
});

test('a node that is silent for too long is left, and ends what it still holds when it is seen again', async () => {
  await start(2, 300);
  const both = await bothInRoom(clinic);
  const [home, other] = await placesOfVisit();
  home.link.silence();
  await expectRenewed(both);
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([1, 1]);
  home.link.mend();
  await expect.poll(() => home.sfu.rooms()).toBe(0);
  expect(await other.sfu.rooms()).toBe(1);
});

test('where there is no other node, visits wait for one: the first that comes has them', async () => {
  await start(2, 60_000);
  const both = await bothInRoom(clinic);
  const [home, other] = await placesOfVisit();
  await other.sfu.kill();
  await Promise.all([home.link.close(), home.sfu.kill()]);
  await other.sfu.startAgain();
  await expectRenewed(both);
  expect(await other.sfu.rooms()).toBe(1);
});
