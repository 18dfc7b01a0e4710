import { expect, inject, test } from 'vitest';
import { attackPages } from './hostile-text/attack-pages.ts';

test('whatever text comes from the database is shown as text', async () => {
  const { planted, shown, leaked } = await attackPages(inject('origin'));
  expect(leaked).toEqual([]);
  expect(planted).toBeGreaterThan(500);
  expect(shown).toBeGreaterThan(100);
});
