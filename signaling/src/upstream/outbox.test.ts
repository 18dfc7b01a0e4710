import { createLogger } from '@careconnect/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from './outbox.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const clock = { now: () => new Date() };
const POISON = 13;

class Refusal extends Error {}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one item that is refused for what it is keeps no other from being stored', async () => {
  const stored: number[] = [];
  const outbox = createOutbox<number>({
    name: 'numbers',
    send: async (items) => {
      if (items.includes(POISON)) throw new Refusal();
      stored.push(...items);
    },
    isRefusal: (error) => error instanceof Refusal,
    clock,
    log,
    capacity: 100,
    maxBatch: 40,
  });
  for (let item = 0; item < 50; item += 1) outbox.put(item);
  await vi.runAllTimersAsync();
  expect(stored).toEqual(Array.from({ length: 50 }, (_none, item) => item).filter((item) => item !== POISON));
  expect(outbox.size).toBe(0);
});

test('while nobody is there to store them, none is lost', async () => {
  let isAway = true;
  const stored: number[] = [];
  const outbox = createOutbox<number>({
    name: 'numbers',
    send: async (items) => {
      if (isAway) throw new Error('nobody is there');
      stored.push(...items);
    },
    isRefusal: (error) => error instanceof Refusal,
    clock,
    log,
    capacity: 100,
    maxBatch: 1,
  });
  outbox.put(1);
  outbox.put(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outbox.size).toBe(2);
  isAway = false;
  await vi.runAllTimersAsync();
  expect(stored).toEqual([1, 2]);
});
