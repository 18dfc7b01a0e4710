import { expect, test } from 'vitest';
import { isAtLeast } from './version.mjs';

test.each([
  ['24.0.0', '24.0.0', true],
  ['24.19.2', '24.0.0', true],
  ['v26.1.0', '24.0.0', true],
  ['20.20.2', '24.0.0', false],
  ['9.0.0', '24.0.0', false],
  ['24.0.0-rc.1', '24', true],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});
