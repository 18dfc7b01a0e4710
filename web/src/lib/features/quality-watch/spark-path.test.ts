import { expect, test } from 'vitest';
import { sparkPath } from './spark-path.ts';

test('runs from the first value to the last, the highest on top, and breaks where there is none', () => {
  expect(sparkPath([1, 3, 5], { min: 1, max: 5 })).toBe('M0 100h0L50 50L100 0');
  expect(sparkPath([5, null, 1], { min: 1, max: 5 })).toBe('M0 0h0M100 100h0');
  expect(sparkPath([9], { min: 0, max: 0 })).toBe('M0 100h0');
  expect(sparkPath([], { min: 0, max: 1 })).toBe('');
});
