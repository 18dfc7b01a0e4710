import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

const AT_ONCE_AGAIN = 50;

test('restarts at once, then ever later, never later than 5 s', () => {
  const backoff = new Backoff();
  const delays = Array.from({ length: 8 }, () => backoff.nextDelayMs(AT_ONCE_AGAIN));
  expect(delays).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});

test('a process that was up for 10 s is forgiven its past', () => {
  const backoff = new Backoff();
  backoff.nextDelayMs(AT_ONCE_AGAIN);
  backoff.nextDelayMs(AT_ONCE_AGAIN);
  expect(backoff.nextDelayMs(10_000)).toBe(0);
  expect(backoff.nextDelayMs(AT_ONCE_AGAIN)).toBe(250);
});
