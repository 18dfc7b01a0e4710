import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRoomSearch } from './room-search.ts';

const PICTURE = { id: 'picture' };
const OTHER = { id: 'other' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A way to a viewer of which the worker believes that it carries this much. */
function aWay(availableOutgoingBitrate = 60_000) {
  /** All that was set, in order. */
  const limits: number[] = [];
  const stats = { availableOutgoingBitrate };
  const way = {
    closed: false,
    getStats: () => Promise.resolve([stats]),
    setMaxOutgoingBitrate: (bitrate: number) => {
      limits.push(bitrate);
      return Promise.resolve();
    },
  };
  const search = createRoomSearch(way as unknown as Parameters<typeof createRoomSearch>[0]);
  return {
    search,
    way,
    stats,
    limits,
    /** How often the limit was changed within this time. */
    changesWithin: async (ms: number) => {
      const before = limits.length;
      await vi.advanceTimersByTimeAsync(ms);
      return limits.length - before;
    },
  };
}

it('has the worker search soon for a picture that waits, and ever more rarely', async () => {
  const { search, limits, changesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  expect(await changesWithin(500)).toBe(1);
  expect(await changesWithin(9_500)).toBe(3);
  expect(limits).toEqual([500_000, 0, 500_000, 0]);
  expect(await changesWithin(60_000)).toBe(7);
});

it('searches for all of them together, until the last has come, and leaves no limit behind', async () => {
  const { search, limits, changesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  search.setWaiting(OTHER, true);
  search.setWaiting(OTHER, true);
  expect(await changesWithin(500)).toBe(1);
  search.setWaiting(PICTURE, false);
  expect(await changesWithin(1_000)).toBe(1);
  expect(await changesWithin(2_000)).toBe(1);
  search.setWaiting(OTHER, false);
  expect(await changesWithin(60_000)).toBe(0);
  expect(limits).toEqual([500_000, 0, 500_000, 0]);
});

it('begins anew whenever a picture begins to wait, but never tries without a pause', async () => {
  const { search, limits, changesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  await changesWithin(60_000);
  search.setWaiting(PICTURE, false);
  await changesWithin(30_000);
  search.setWaiting(PICTURE, true);
  expect(await changesWithin(500)).toBe(1);
  limits.length = 0;
  for (let times = 0; times < 20; times++) {
    search.setWaiting(PICTURE, false);
    search.setWaiting(PICTURE, true);
    await changesWithin(500);
  }
  expect(limits.filter((limit) => limit > 0)).toHaveLength(10);
});

it('takes nothing from a viewer who has room for some pictures', async () => {
  const { search, changesWithin } = aWay(800_000);
  search.setWaiting(PICTURE, true);
  expect(await changesWithin(60_000)).toBe(0);
});

it('lifts the limit as soon as there is room for some of many pictures', async () => {
  const { search, stats, limits, changesWithin } = aWay();
  search.setWaiting(PICTURE, true);
  await changesWithin(500);
  stats.availableOutgoingBitrate = 500_000;
  await changesWithin(60_000);
  expect(limits).toEqual([500_000, 0]);
});

it('goes on after a question that was not answered, and ends with the way', async () => {
  const { search, way, changesWithin } = aWay();
  vi.spyOn(way, 'getStats').mockRejectedValueOnce(new Error('no answer'));
  search.setWaiting(PICTURE, true);
  expect(await changesWithin(500)).toBe(0);
  expect(await changesWithin(1_000)).toBe(1);
  way.closed = true;
  await changesWithin(2_000);
  expect(await changesWithin(60_000)).toBe(0);
});
