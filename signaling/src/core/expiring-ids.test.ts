import { expect, test } from 'vitest';
import { ExpiringIds } from './expiring-ids.ts';

test('an id is new once, for as long as it matters', () => {
  let now = 0;
  const ids = new ExpiringIds({ now: () => new Date(now) });
  expect(ids.has('a')).toBe(false);
  expect(ids.add('a', 60_000)).toBe(true);
  now = 59_999;
  expect(ids.add('a', 60_000)).toBe(false);
  expect(ids.has('a')).toBe(true);
});

test('those that matter no longer are forgotten', () => {
  let now = 0;
  const ids = new ExpiringIds({ now: () => new Date(now) });
  for (let id = 0; id < 100; id += 1) ids.add(String(id), 60_000);
  now = 60_001;
  ids.add('next', 120_000);
  expect(ids.size).toBe(1);
});
