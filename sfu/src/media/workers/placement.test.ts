import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePlace, leastLoaded } from './placement.ts';

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

test.each([
  ['on a calm worker here, however idle others are', [0.8], [0], 'here 0'],
  ['on another node rather than on a busy worker', [0.9], [0.5, 0.4, 0.1], 'there 2'],
  ['on another node where there is no other worker', [], [0.4], 'there 0'],
  ['on a busy worker rather than on a node without plenty to spare', [0.9], [0.5], 'here 0'],
  ['nowhere where there is nothing to spare', [], [0.5], undefined],
])('a room goes on %s', (_name, workers, nodes, chosen) => {
  const named = (where: string) => (cpuShare: number, index: number) => ({
    name: `${where} ${index}`,
    roomCount: 0,
    cpuShare,
  });
  expect(choosePlace(workers.map(named('here')), nodes.map(named('there')))?.name).toBe(chosen);
});
