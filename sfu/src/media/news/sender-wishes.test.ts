import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SenderWishes } from './sender-wishes.ts';

const WAIT_MS = 1_000;
const tell = vi.fn();
let wanted: number;
let wishes: SenderWishes<string, readonly number[]>;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockReset();
  wishes = new SenderWishes<string, readonly number[]>({
    find: () => [wanted],
    tell,
    canWait: ([now = 0], [told = 0]) => now < told,
    waitMs: WAIT_MS,
  });
  wishes.begin('sender', [2]);
});
afterEach(() => {
  wishes.close();
  vi.useRealTimers();
});

function want(now: number): void {
  wanted = now;
  wishes.look('sender');
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
  wishes.begin('sender', [1]);
  wishes.look('stranger');
  wishes.remind('stranger');
  vi.advanceTimersByTime(WAIT_MS);
  want(0);
  wishes.forget('sender');
  want(5);
  vi.advanceTimersByTime(WAIT_MS);
  expect(tell).not.toHaveBeenCalled();
  expect(wishes.senders).toEqual([]);
});

test('a reminder tells what was told last, or what it began with', () => {
  wishes.remind('sender');
  want(3);
  wishes.remind('sender');
  expect(tell.mock.calls).toEqual([
    ['sender', [2]],
    ['sender', [3]],
    ['sender', [3]],
  ]);
});
