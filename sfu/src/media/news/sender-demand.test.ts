import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SenderDemand } from './sender-demand.ts';

const WAIT_MS = 1_000;
const tell = vi.fn();
let wanted: number;
let demand: SenderDemand<string, readonly number[]>;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockReset();
  demand = new SenderDemand<string, readonly number[]>({
    find: () => [wanted],
    tell,
    canWait: ([now = 0], [told = 0]) => now < told,
    waitMs: WAIT_MS,
  });
  demand.begin('sender', [2]);
});
afterEach(() => {
  demand.close();
  vi.useRealTimers();
});

function want(now: number): void {
  wanted = now;
  demand.look('sender');
}

test('what somebody waits for is told at once, and the same is not told twice', () => {
  want(2);
  expect(tell).not.toHaveBeenCalled();
  want(3);
  want(3);
  expect(tell.mock.calls).toEqual([['sender', [3]]]);
});

test('what can wait is told when it has lasted, as it is by then', () => {
  want(1);
  vi.advanceTimersByTime(WAIT_MS - 1);
  want(0);
  expect(tell).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(tell.mock.calls).toEqual([['sender', [0]]]);
});

test('what has not lasted is not told, and what comes then waits from the beginning', () => {
  want(1);
  vi.advanceTimersByTime(WAIT_MS - 1);
  want(2);
  want(1);
  vi.advanceTimersByTime(WAIT_MS - 1);
  expect(tell).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(tell).toHaveBeenCalledTimes(1);
});

test('whoever begins anew, has gone or was never there is told nothing', () => {
  want(1);
  demand.begin('sender', [1]);
  demand.look('stranger');
  demand.remind('stranger');
  vi.advanceTimersByTime(WAIT_MS);
  want(0);
  demand.forget('sender');
  want(5);
  vi.advanceTimersByTime(WAIT_MS);
  expect(tell).not.toHaveBeenCalled();
  expect(demand.senders).toEqual([]);
});

test('a reminder tells what was told last, or what it began with', () => {
  demand.remind('sender');
  want(3);
  demand.remind('sender');
  expect(tell.mock.calls).toEqual([
    ['sender', [2]],
    ['sender', [3]],
    ['sender', [3]],
  ]);
});
