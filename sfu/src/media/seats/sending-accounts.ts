import type { SeatId } from '@careconnect/contracts';
import { MADE_GOOD_AFTER_S, Overdraft } from './overdraft.ts';

interface Account {
  readonly overdraft: Overdraft;
  /** Seats of this person that there are right now: for a moment two, when one takes the place of the other. */
  users: number;
  leftAtMs: number;
}

export interface SendingAccountsOptions {
  /** Multiplies what each seat may send before it counts as a flood. */
  readonly factor: number;
  /** Milliseconds by a clock that is never set. */
  readonly now?: () => number;
}

/**
 * What each person who sends anything to this node has overdrawn. It is theirs, and not their transports': whoever has those
 * made anew, or leaves and comes back, goes on where they were.
 */
export class SendingAccounts {
  readonly factor: number;
  readonly #now: () => number;
  readonly #accounts = new Map<SeatId, Account>();

  constructor({ factor, now = () => performance.now() }: SendingAccountsOptions) {
    this.factor = factor;
    this.#now = now;
  }

  /** To be left when the seat is closed. */
  use(seatId: SeatId): { readonly overdraft: Overdraft; leave(): void } {
    this.#forget();
    const account = this.#accounts.get(seatId) ?? { overdraft: new Overdraft(), users: 0, leftAtMs: 0 };
    this.#accounts.set(seatId, account);
    account.users += 1;
    return {
      overdraft: account.overdraft,
      leave: () => {
        account.users -= 1;
        account.leftAtMs = this.#now();
      },
    };
  }

  /** Those in which nothing can be left. */
  #forget(): void {
    const before = this.#now() - MADE_GOOD_AFTER_S * 1_000;
    for (const [seatId, { users, leftAtMs }] of this.#accounts) {
      if (users === 0 && leftAtMs < before) this.#accounts.delete(seatId);
    }
  }
}
