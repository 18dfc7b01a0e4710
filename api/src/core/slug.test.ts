import { Slug } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test.each([
  ['Dr. Zoë Ünal', 'dr-zoe-unal'],
  ["  Aisha O'Neill-Khan ", 'aisha-o-neill-khan'],
  ['Dr. طالیہ', 'dr'],
])('%s is %s in a link', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('a name without Latin letters has none, and a long one fits', () => {
  expect(slugOf('طالیہ نور')).toBeNull();
  for (const length of [48, 49, 50, 120]) {
    expect(Slug.safeParse(slugOf(`${'a'.repeat(length)} bc`)).success).toBe(true);
  }
});
