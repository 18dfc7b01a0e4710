import { randomUUID } from 'node:crypto';
import { SeatId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { ExpelledSeats } from './expelled-seats.ts';

test('somebody who was expelled stays out for five minutes, each time anew', () => {
  let now = 0;
  const expelled = new ExpelledSeats({ now: () => new Date(now) });
  const [seat, other] = [SeatId.parse(randomUUID()), SeatId.parse(randomUUID())];
  expect(expelled.has(seat)).toBe(false);
  for (let round = 0; round < 2; round += 1) {
    expelled.add(seat);
    now += 5 * 60_000 - 1;
    expect(expelled.has(seat)).toBe(true);
    expect(expelled.has(other)).toBe(false);
    now += 1;
    expect(expelled.has(seat)).toBe(false);
  }
});
