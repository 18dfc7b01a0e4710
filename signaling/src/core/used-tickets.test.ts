import { expect, test } from 'vitest';
import { UsedTickets } from './used-tickets.ts';

test('a ticket is used once, for as long as it could be used', () => {
  let now = 0;
  const used = new UsedTickets({ now: () => new Date(now) });
  expect(used.use('a', 60_000)).toBe(true);
  now = 59_999;
  expect(used.use('a', 60_000)).toBe(false);
});

test('those that have ended are forgotten', () => {
  let now = 0;
  const used = new UsedTickets({ now: () => new Date(now) });
  for (let ticket = 0; ticket < 100; ticket += 1) used.use(String(ticket), 60_000);
  now = 60_001;
  used.use('next', 120_000);
  expect(used.size).toBe(1);
});
