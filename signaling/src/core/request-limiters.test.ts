import { expect, test } from 'vitest';
import { RequestLimiters } from './request-limiters.ts';

const LIMITS = { all: { burst: 2, perSecond: 1 } };

test('another connection of the same person has the same share, another person their own', () => {
  const { limiters } = create();
  const first = limiters.of('amina');
  expect([first.allows('chat'), first.allows('chat'), first.allows('chat')]).toEqual([true, true, false]);
  expect(limiters.of('amina').allows('chat')).toBe(false);
  expect(limiters.of('bilal').allows('chat')).toBe(true);
});

test('a share that is whole again is forgotten, one that is not is kept', () => {
  const { limiters, pass } = create();
  const amina = limiters.of('amina');
  amina.allows('chat');
  pass(20_000);
  for (let asked = 0; asked < 3; asked += 1) limiters.of('bilal').allows('chat');
  expect(limiters.size).toBe(1);
  // The connection from before counts on the same share as a new one.
  expect([amina.allows('chat'), amina.allows('chat')]).toEqual([true, true]);
  expect(limiters.of('amina').allows('chat')).toBe(false);
  expect(limiters.of('bilal').allows('chat')).toBe(false);
});

test('who floods goes on flooding with the next connection', () => {
  const { limiters, pass } = create();
  for (let asked = 0; asked < 110; asked += 1) limiters.of('amina').allows('chat');
  expect(limiters.of('amina').isFlooded()).toBe(true);
  pass(1_000);
  limiters.of('amina').allows('chat');
  expect(limiters.of('amina').isFlooded()).toBe(false);
});

function create() {
  let now = 1_000_000;
  const limiters = new RequestLimiters(LIMITS, { now: () => new Date(now) });
  return { limiters, pass: (ms: number) => void (now += ms) };
}
