import { expect, it } from 'vitest';
import { countOf, countStates } from './count-states.ts';
import { visitMinutes } from './visit-minutes.ts';

it('counts every state, those without a visit as zero', () => {
  const counts = countStates([{ state: 'waiting' }, { state: 'ended' }, { state: 'waiting' }]);
  expect(counts.map(({ state }) => state)).toEqual([
    'waiting',
    'in_progress',
    'on_hold',
    'scheduled',
    'ended',
    'summarised',
    'no_show',
    'cancelled',
  ]);
  expect(counts.filter(({ count }) => count > 0)).toEqual([
    { state: 'waiting', count: 2 },
    { state: 'ended', count: 1 },
  ]);
});

it('counts several states together', () => {
  const counts = countStates([{ state: 'in_progress' }, { state: 'ended' }, { state: 'on_hold' }]);
  expect(countOf(counts, 'in_progress', 'on_hold')).toBe(2);
  expect(countOf(counts, 'waiting')).toBe(0);
});

it('knows the length of a visit only when it has one', () => {
  const startedAt = '2026-01-05T09:00:00.000Z';
  expect(visitMinutes({ startedAt, endedAt: '2026-01-05T09:12:31.000Z' })).toBe(13);
  expect(visitMinutes({ startedAt, endedAt: null })).toBeNull();
  expect(visitMinutes({ startedAt: null, endedAt: null })).toBeNull();
});
