import { SeatId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { MADE_GOOD_AFTER_S } from './overdraft.ts';
import { SendingAccounts } from './sending-accounts.ts';

const [someone, another] = [SeatId.parse(randomUUID()), SeatId.parse(randomUUID())];

function accountsAt(clock: { ms: number }): SendingAccounts {
  return new SendingAccounts({ factor: 1, now: () => clock.ms });
}

test('who leaves and comes back goes on where they were, for as long as anything can be left of it', () => {
  const clock = { ms: 0 };
  const accounts = accountsAt(clock);
  const first = accounts.use(someone);
  const { overdraft } = first;
  expect(accounts.use(another).overdraft).not.toBe(overdraft);
  first.leave();
  clock.ms = MADE_GOOD_AFTER_S * 1_000;
  const back = accounts.use(someone);
  expect(back.overdraft).toBe(overdraft);
  back.leave();
  clock.ms = 2 * MADE_GOOD_AFTER_S * 1_000 + 1;
  expect(accounts.use(someone).overdraft).not.toBe(overdraft);
});

test('a seat that takes the place of another has its account, and keeps it however long it stays', () => {
  const clock = { ms: 0 };
  const accounts = accountsAt(clock);
  const before = accounts.use(someone);
  const after = accounts.use(someone);
  before.leave();
  clock.ms = 60 * 60_000;
  expect(accounts.use(someone).overdraft).toBe(after.overdraft);
});
