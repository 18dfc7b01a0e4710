import { expect, it } from 'vitest';
import { summariseDay } from './day-summary.ts';

it('counts who has been seen among those who came, and leaves cancelled appointments out', () => {
  const statuses = ['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'cancelled'] as const;
  expect(summariseDay(statuses.map((status) => ({ status })))).toEqual({ count: 4, arrived: 2 });
});

it('finds nothing on an empty day', () => {
  expect(summariseDay([])).toEqual({ count: 0, arrived: 0 });
});
