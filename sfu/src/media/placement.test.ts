import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leastLoaded } from './placement.ts';

test('no worker, no place', () => {
  expect(leastLoaded([])).toBeNull();
});

test('the first of equals is taken', () => {
  const [first, second] = [{ roomCount: 2 }, { roomCount: 2 }];
  expect(leastLoaded([first, second])).toBe(first);
});

test('rooms placed one by one never differ by more than one between workers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 0, max: 200 }), (workerCount, rooms) => {
      const workers = Array.from({ length: workerCount }, () => ({ roomCount: 0 }));
      for (let room = 0; room < rooms; room++) {
        const worker = leastLoaded(workers);
        if (worker) worker.roomCount += 1;
      }
      const counts = workers.map(({ roomCount }) => roomCount);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rooms);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});
