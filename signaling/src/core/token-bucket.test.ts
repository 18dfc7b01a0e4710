import { expect, test } from 'vitest';
import { createRequestLimiter } from './request-limiter.ts';
import { TokenBucket } from './token-bucket.ts';

test('a burst is granted, then as much as flows in', () => {
  const clock = aClock();
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, clock);
  expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
  clock.pass(499);
  expect(bucket.take()).toBe(false);
  clock.pass(1);
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
});

test('it never holds more than a burst, and a clock set back takes nothing away', () => {
  const clock = aClock();
  const bucket = new TokenBucket({ burst: 2, perSecond: 100 }, clock);
  clock.pass(60_000);
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  clock.pass(-60_000);
  expect(bucket.take()).toBe(false);
  clock.pass(10);
  expect(bucket.take()).toBe(true);
});

test('one event may have a stricter limit beside the common one', () => {
  const clock = aClock();
  const limits = { all: { burst: 5, perSecond: 1 }, byEvent: { chat: { burst: 1, perSecond: 1 } } };
  const limiter = createRequestLimiter(limits, clock);
  expect([limiter.allows('chat'), limiter.allows('chat'), limiter.allows('other')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(limiter.isFlooded()).toBe(false);
  for (let refused = 0; refused < 110; refused += 1) limiter.allows('other');
  expect(limiter.isFlooded()).toBe(true);
  clock.pass(1_000);
  limiter.allows('other');
  expect(limiter.isFlooded()).toBe(false);
});

function aClock() {
  let now = 1_000_000;
  return { now: () => new Date(now), pass: (ms: number) => void (now += ms) };
}
