import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

it('tries soon for as long as a process takes to come back, and rarely later', () => {
  const delays = Array.from({ length: 13 }, (_, failures) => retryDelayMs(failures, 0.5));
  expect(delays).toEqual([200, 300, 300, 300, 300, 300, 300, 300, 600, 1_200, 2_400, 4_000, 4_000]);
});

it('spreads a quarter to either side, and never waits longer than five seconds', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
      const middle = retryDelayMs(failures, 0.5);
      const delay = retryDelayMs(failures, chance);
      expect(delay).toBeGreaterThanOrEqual(middle * 0.75);
      expect(delay).toBeLessThanOrEqual(Math.min(middle * 1.25, 5_000));
    }),
  );
});
