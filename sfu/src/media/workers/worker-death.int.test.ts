import { expect, test } from 'vitest';
import { useTestSfu } from '../../testing/test-sfu.ts';
import { aSeat, openSeat } from '../../testing/test-visits.ts';

const node = useTestSfu({ workers: 1 });

test('rooms of a dead worker are lost aloud, and open again on the one that replaces it', async () => {
  const seat = aSeat();
  const before = await openSeat(node.signaling, seat);
  const [victim] = node.sfu.workers;
  process.kill(victim?.pid ?? 0, 'SIGKILL');

  expect(await node.signaling.event('room:lost')).toEqual({ roomId: seat.roomId });
  expect(node.sfu.counts()).toEqual({ rooms: 0, seats: 0, producers: 0, consumers: 0 });
  await expect(node.signaling.ask('seat:enter', { ...seat, isHeld: false })).rejects.toThrow('MEDIA_REFUSED');

  const after = await openSeat(node.signaling, seat);
  expect(after.send.id).not.toBe(before.send.id);
  expect(node.sfu.workers.map(({ pid }) => pid)).not.toContain(victim?.pid);
  expect(node.sfu.workers).toHaveLength(1);
});

test('what is under way when the worker dies is answered, not left hanging', async () => {
  const openings = Array.from({ length: 20 }, () => openSeat(node.signaling, aSeat()));
  process.kill(node.sfu.workers[0]?.pid ?? 0, 'SIGKILL');
  for (const opening of await Promise.allSettled(openings)) {
    if (opening.status === 'rejected') expect(String(opening.reason)).toContain('MEDIA_UNAVAILABLE');
  }
  await openSeat(node.signaling, aSeat());
});

test('rooms on other workers do not notice', async () => {
  await node.replace({ workers: 2 });
  const [first, second] = [aSeat(), aSeat()];
  await openSeat(node.signaling, first);
  await openSeat(node.signaling, second);
  expect(node.sfu.workers.map(({ roomCount }) => roomCount)).toEqual([1, 1]);

  process.kill(node.sfu.workers[0]?.pid ?? 0, 'SIGKILL');
  const { roomId } = await node.signaling.event('room:lost');
  const survivor = roomId === first.roomId ? second : first;
  await node.signaling.ask('transport:restart-ice', { ...survivor, direction: 'send' });
});

test('a process that stops says that its rooms are lost', async () => {
  const seat = aSeat();
  await openSeat(node.signaling, seat);
  const lost = node.signaling.event('room:lost');
  await node.sfu.close();
  expect(await lost).toEqual({ roomId: seat.roomId });
});
