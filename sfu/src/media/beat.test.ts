import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BEAT_MS, createBeat, type Beat } from './beat.ts';

const AN_INSTANT_MS = 10;
let beat: Beat;

beforeEach(() => {
  vi.useFakeTimers();
  beat = createBeat();
});
afterEach(() => void vi.useRealTimers());

/** How many of those who wait have been called so far. */
function waiting(...waits: readonly Promise<void>[]): () => number {
  let called = 0;
  for (const wait of waits) void wait.then(() => (called += 1));
  return () => called;
}

test('all who wait are called by one timer, whenever they began to', async () => {
  const early = waiting(beat.next(), beat.next());
  await vi.advanceTimersByTimeAsync(BEAT_MS / 2 - AN_INSTANT_MS);
  const late = waiting(beat.next());
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(BEAT_MS / 2);
  expect([early(), late()]).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(AN_INSTANT_MS);
  expect([early(), late()]).toEqual([2, 1]);
});

test('nobody is called at once because a beat happens to be near', async () => {
  const first = waiting(beat.next());
  await vi.advanceTimersByTimeAsync(BEAT_MS - AN_INSTANT_MS);
  const late = waiting(beat.next());
  await vi.advanceTimersByTimeAsync(AN_INSTANT_MS);
  expect([first(), late()]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  expect(late()).toBe(1);
});

test('beats are counted', async () => {
  const third = waiting(beat.next(3));
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS - AN_INSTANT_MS);
  expect(third()).toBe(0);
  await vi.advanceTimersByTimeAsync(AN_INSTANT_MS);
  expect(third()).toBe(1);
});

test('where nobody waits there is no beat', async () => {
  await Promise.all([beat.next(), vi.advanceTimersByTimeAsync(BEAT_MS)]);
  expect(vi.getTimerCount()).toBe(0);
});
