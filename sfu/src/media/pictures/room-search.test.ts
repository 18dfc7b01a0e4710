import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRoomSearch } from './room-search.ts';

const PICTURE = { id: 'picture' };
const OTHER = { id: 'other' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A way to a viewer of which the worker believes that it carries this much. */
function aWay(availableOutgoingBitrate = 60_000) {
  const allowed: number[] = [];
  const way = {
    closed: false,
    getStats: () => Promise.resolve([{ availableOutgoingBitrate }]),
    setMaxOutgoingBitrate: (bitrate: number) => {
      allowed.push(bitrate);
      return Promise.resolve();
    },
  };
  const search = createRoomSearch(way as unknown as Parameters<typeof createRoomSearch>[0]);
  return {
    search,
    way,
    allowed,
    /** How often was searched within this time. */
    triesWithin: async (ms: number) => {
      const before = allowed.length;
      await vi.advanceTimersByTimeAsync(ms);
      return (allowed.length - before) / 2;
    },
  };
}

it('has the worker search soon for a picture that waits, and ever more rarely', async () => {
  const { search, allowed, triesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  expect(await triesWithin(500)).toBe(1);
  expect(allowed).toEqual([500_000, 0]);
  expect(await triesWithin(9_500)).toBe(3);
  expect(await triesWithin(60_000)).toBe(10);
});

it('searches for all of them together, until the last has come', async () => {
  const { search, triesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  search.setWaiting(OTHER, true);
  search.setWaiting(OTHER, true);
  expect(await triesWithin(500)).toBe(1);
  search.setWaiting(PICTURE, false);
  expect(await triesWithin(1_000)).toBe(1);
  search.setWaiting(OTHER, false);
  expect(await triesWithin(60_000)).toBe(0);
});

it('goes on where it was when a picture is lost again at once, and begins anew after a while', async () => {
  const { search, triesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  await triesWithin(10_000);
  search.setWaiting(PICTURE, false);
  await triesWithin(5_000);
  search.setWaiting(PICTURE, true);
  expect(await triesWithin(5_000)).toBe(0);
  search.setWaiting(PICTURE, false);
  await triesWithin(30_000);
  search.setWaiting(PICTURE, true);
  expect(await triesWithin(500)).toBe(1);
});

it('takes nothing from a viewer who has room for some pictures', async () => {
  const { search, triesWithin } = aWay(800_000);
  search.setWaiting(PICTURE, true);
  expect(await triesWithin(60_000)).toBe(0);
});

it('ends with the way', async () => {
  const { search, way, triesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  await triesWithin(500);
  way.closed = true;
  await triesWithin(1_000);
  expect(await triesWithin(60_000)).toBe(0);
});
