import { expect, it } from 'vitest';
import { loadAllPages } from './all-pages.ts';

const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
  first: { items: [1, 2], nextCursor: 'b' },
  b: { items: [3, 4], nextCursor: 'c' },
  c: { items: [5], nextCursor: null },
};
const load = async (cursor = 'first') => pages[cursor] ?? { items: [], nextCursor: null };

it('follows the cursor to the end and reports how far it is', async () => {
  const progress: number[] = [];
  const items = await loadAllPages({ load, atMost: 100, onProgress: (loaded) => progress.push(loaded) });
  expect(items).toEqual([1, 2, 3, 4, 5]);
  expect(progress).toEqual([2, 4, 5]);
});

it('stops where it was told to', async () => {
  expect(await loadAllPages({ load, atMost: 3 })).toEqual([1, 2, 3, 4]);
});
