import { SeatId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Floor } from './floor.svelte.ts';

const [ANNA, BILAL, CEM] = Array.from({ length: 3 }, () => SeatId.parse(randomUUID())) as [
  SeatId,
  SeatId,
  SeatId,
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('goes to whoever speaks first, at once', () => {
  const floor = new Floor();
  expect(floor.holder).toBeNull();
  floor.heard(ANNA);
  expect(floor.holder).toBe(ANNA);
});

it('moves no more often than every two seconds, and then to whoever speaks by then', () => {
  const floor = new Floor();
  floor.heard(ANNA);
  vi.advanceTimersByTime(500);
  floor.heard(BILAL);
  floor.heard(CEM);
  vi.advanceTimersByTime(1_499);
  expect(floor.holder).toBe(ANNA);
  vi.advanceTimersByTime(1);
  expect(floor.holder).toBe(CEM);
});

it('stays where it is when the same person goes on after a word of another', () => {
  const floor = new Floor();
  floor.heard(ANNA);
  floor.heard(BILAL);
  floor.heard(ANNA);
  vi.advanceTimersByTime(10_000);
  expect(floor.holder).toBe(ANNA);
});

it('goes on at once after a long silence', () => {
  const floor = new Floor();
  floor.heard(ANNA);
  vi.advanceTimersByTime(60_000);
  floor.heard(BILAL);
  expect(floor.holder).toBe(BILAL);
});

it('is nobody’s when its holder leaves, and never goes to someone who has left', () => {
  const floor = new Floor();
  floor.heard(ANNA);
  floor.heard(BILAL);
  floor.leave(ANNA);
  floor.leave(BILAL);
  vi.advanceTimersByTime(2_000);
  expect(floor.holder).toBeNull();
});
