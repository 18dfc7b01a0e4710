import { expect, it } from 'vitest';
import { duration } from './progress.mjs';

it.each([
  [0, '(0.0 s)'],
  [1_449, '(1.4 s)'],
  [59_949, '(59.9 s)'],
  [59_950, '(1 min 0 s)'],
  [119_499, '(1 min 59 s)'],
  [119_500, '(2 min 0 s)'],
  [3_600_000, '(60 min 0 s)'],
])('says %i ms as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});
