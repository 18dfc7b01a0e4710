import { expect, test } from 'vitest';
import { linkTokenIn } from './link-token.ts';

const TOKEN = '3f5nB-_x9QvR2mKc8sYw1LtZ7aHd4GjEoUiPyTrWqXs';

test('the token stands behind the hash sign', () => {
  expect(linkTokenIn(`#token=${TOKEN}`)).toBe(TOKEN);
});

test.each([
  '',
  '#',
  '#newPassword',
  '#token=',
  '#token=3f5nB',
  `#other=${TOKEN}`,
  `?token=${TOKEN}`.slice(1),
])('there is none, or not a whole one, in %j', (hash) => {
  expect(linkTokenIn(hash)).toBeNull();
});
