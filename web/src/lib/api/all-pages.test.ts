import { expect, it } from 'vitest';
import { loadAllPages, loadNextPage } from './all-pages.ts';

const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
  first: { items: [1, 2], nextCursor: 'b' },
  b: { items: [3, 4], nextCursor: 'c' },
  c: { items: [5], nextCursor: null },
};
const load = async (cursor = 'first') => pages[cursor] ?? { items: [], nextCursor: null };

it('follows the cursor to the end and reports how far it is', async () => {
  const progress: number[] = [];
  const all = await loadAllPages({ load, atMost: 100, onProgress: (loaded) => progress.push(loaded) });
  expect(all).toEqual({ items: [1, 2, 3, 4, 5], isCutOff: false });
  expect(progress).toEqual([2, 4, 5]);
});

it('stops where it was told to, and says that there is more', async () => {
  expect(await loadAllPages({ load, atMost: 3 })).toEqual({ items: [1, 2, 3, 4], isCutOff: true });
});

it('knows that a list which ends at the limit is whole', async () => {
  expect(await loadAllPages({ load, atMost: 5 })).toMatchObject({ isCutOff: false });
});

it('goes on until there is something to show', async () => {
  const next = { load, cursor: 'first', isShown: (item: number) => item === 3 };
  expect(await loadNextPage(next)).toEqual({ items: [1, 2, 3, 4], nextCursor: 'c' });
});

it('ends with the list where nothing is left to show', async () => {
  const next = { load, cursor: 'b', isShown: () => false };
  expect(await loadNextPage(next)).toEqual({ items: [3, 4, 5], nextCursor: null });
});
