import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PictureLog } from './picture-log.ts';

function logOf(...shownAt: number[]): PictureLog {
  const log = new PictureLog();
  for (const at of shownAt) log.add(at);
  return log;
}

describe('the longest gap', () => {
  test('is the one that the fault has made, also when some pictures came after it', () => {
    expect(logOf(0, 50, 100, 150, 900, 950, 1000).longestGap(120)).toEqual({
      lengthMs: 750,
      endedAfterMs: 780,
    });
  });

  test('may have begun long before, as when a network is mended', () => {
    expect(logOf(0, 50, 6_000, 6_050).longestGap(5_200)).toEqual({ lengthMs: 5_950, endedAfterMs: 800 });
  });

  test('is none while no picture has come', () => {
    expect(logOf(0, 50).longestGap(60)).toBeNull();
  });

  test('is as long as no other, and never over at the instant that was asked about', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 2, maxLength: 40 }),
        fc.nat(20_000),
        (steps, since) => {
          let at = 0;
          const stamps = steps.map((step) => (at += step));
          const gap = logOf(...stamps).longestGap(since);
          const open = steps.slice(1).filter((_, index) => (stamps[index + 1] ?? 0) > since);
          if (open.length === 0) {
            expect(gap).toBeNull();
            return;
          }
          expect(gap?.lengthMs).toBe(Math.max(...open));
          expect(gap?.endedAfterMs).toBeGreaterThan(0);
        },
      ),
    );
  });
});

test('a video runs when no half second of that time was without a picture', () => {
  const every50 = Array.from({ length: 41 }, (_, index) => index * 50);
  expect(logOf(...every50).isRunning(2_000, 1_500)).toBe(true);
  expect(logOf(...every50).isRunning(2_600, 1_500), 'stands still now').toBe(false);
  expect(logOf(0, 50, 1_900, 1_950, 2_000).isRunning(2_000, 1_500), 'has only just begun').toBe(false);
});
