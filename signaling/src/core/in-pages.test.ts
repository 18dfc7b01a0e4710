import { expect, test } from 'vitest';
import { inPages } from './in-pages.ts';

test('keeps the order, fills each page and leaves the rest to the last', () => {
  expect(inPages([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inPages([1, 2, 3, 4], 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('of nothing there is no page', () => {
  expect(inPages([], 2)).toEqual([]);
});
