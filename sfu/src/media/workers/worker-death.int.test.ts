import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SfuServer } from '../../server.ts';
import { startTestSfu, TestSignaling } from '../../testing/test-sfu.ts';
import { aSeat, openSeat } from '../../testing/test-visits.ts';

let sfu: SfuServer;
let signaling: TestSignaling;

async function start(workers: number): Promise<void> {
  sfu = await startTestSfu({ workers });
  signaling = await TestSignaling.connect(sfu.url);
}

beforeEach(() => start(1));
afterEach(async () => {
  signaling.close();
  await sfu.close();
});

test('rooms of a dead worker are lost aloud, and open again on the one that replaces it', async () => {
  const seat = aSeat();
  const before = await openSeat(signaling, seat);
  const [victim] = sfu.workers;
  process.kill(victim?.pid ?? 0, 'SIGKILL');

  expect(await signaling.event('room:lost')).toEqual({ roomId: seat.roomId });
  expect(sfu.counts()).toEqual({ rooms: 0, seats: 0, producers: 0, consumers: 0 });
  await expect(signaling.ask('seat:enter', { ...seat, isHeld: false })).rejects.toThrow('MEDIA_REFUSED');

  const after = await openSeat(signaling, seat);
  expect(after.send.id).not.toBe(before.send.id);
  expect(sfu.workers.map(({ pid }) => pid)).not.toContain(victim?.pid);
  expect(sfu.workers).toHaveLength(1);
});

test('what is under way when the worker dies is answered, not left hanging', async () => {
  const openings = Array.from({ length: 20 }, () => openSeat(signaling, aSeat()));
  process.kill(sfu.workers[0]?.pid ?? 0, 'SIGKILL');
  for (const opening of await Promise.allSettled(openings)) {
    if (opening.status === 'rejected') expect(String(opening.reason)).toContain('MEDIA_UNAVAILABLE');
  }
  await openSeat(signaling, aSeat());
});

test('rooms on other workers do not notice', async () => {
  signaling.close();
  await sfu.close();
  await start(2);
  const [first, second] = [aSeat(), aSeat()];
  await openSeat(signaling, first);
  await openSeat(signaling, second);
  expect(sfu.workers.map(({ roomCount }) => roomCount)).toEqual([1, 1]);

  process.kill(sfu.workers[0]?.pid ?? 0, 'SIGKILL');
  const { roomId } = await signaling.event('room:lost');
  const survivor = roomId === first.roomId ? second : first;
  await signaling.ask('transport:restart-ice', { ...survivor, direction: 'send' });
});

test('a process that stops says that its rooms are lost', async () => {
  const seat = aSeat();
  await openSeat(signaling, seat);
  const lost = signaling.event('room:lost');
  await sfu.close();
  expect(await lost).toEqual({ roomId: seat.roomId });
});
