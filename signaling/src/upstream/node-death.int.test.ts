import { afterEach, expect, test } from 'vitest';
import { bothInRoom, produce, type BothInRoom } from '../testing/both-in-room.ts';
import { expectRenewed, TwoNodes } from '../testing/two-nodes.ts';

let two: TwoNodes;

afterEach(() => two.close());

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
  two = await TwoNodes.start();
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  // As if the machine of the process answered by itself.
  await Promise.all([home.link.close(), home.sfu.kill()]);
  await expectRenewed(both);
  expect(await other.sfu.rooms()).toBe(1);
  await home.sfu.startAgain();
  expect(await home.sfu.rooms()).toBe(0);
});

test('a connection that breaks costs no media while the node lives', async () => {
  two = await TwoNodes.start();
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  home.link.cut();
  await expectUntouched(both);
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([1, 0]);
});

test('silence that ends in time costs no media, and meanwhile nothing is placed anew', async () => {
  two = await TwoNodes.start();
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
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
  two = await TwoNodes.start({ sfuSilentMs: 300 });
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  home.link.silence();
  await expectRenewed(both);
  expect([await home.sfu.rooms(), await other.sfu.rooms()]).toEqual([1, 1]);
  home.link.mend();
  await expect.poll(() => home.sfu.rooms()).toBe(0);
  expect(await other.sfu.rooms()).toBe(1);
});

test('where there is no other node, visits wait for one: the first that comes has them', async () => {
  two = await TwoNodes.start();
  const both = await bothInRoom(two.clinic);
  const [home, other] = await two.placesOfVisit();
  await other.sfu.kill();
  await Promise.all([home.link.close(), home.sfu.kill()]);
  await other.sfu.startAgain();
  await expectRenewed(both);
  expect(await other.sfu.rooms()).toBe(1);
});
