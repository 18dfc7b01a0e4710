import type { Clock } from '@careconnect/platform';
import { networkOf } from '../../core/client-network.ts';
import { tooMany } from '../../core/rate-limit.ts';

const FREE_TRIES_FROM_ONE_PLACE = 5;
const LONGEST_WAIT_FROM_ONE_PLACE_MS = 15 * 60_000;
const FREE_TRIES_FROM_ANYWHERE = 20;
/** Short on purpose: whoever attacks an account from many places must not lock its owner out. */
const LONGEST_WAIT_FROM_ANYWHERE_MS = 30_000;
const FORGET_AFTER_MS = 60 * 60_000;
const MAX_REMEMBERED = 50_000;

interface Failures {
  count: number;
  lastAt: number;
}

export interface SignInAttempt {
  readonly email: string;
  readonly ip: string;
}

/**
 * Slows guessing down: each failure beyond a few doubles the wait, per place and per account. The wait
 * of the account as a whole is short, is not made longer by tries during it, and does not hold for a
 * place from which its owner has signed in before.
 */
export interface SignInBackoff {
  /** Throws `RATE_LIMITED` when it is too early for another try. */
  check(attempt: SignInAttempt, isKnownPlace: () => Promise<boolean>): Promise<void>;
  failed(attempt: SignInAttempt): void;
  succeeded(attempt: SignInAttempt): void;
}

export function createSignInBackoff(clock: Clock): SignInBackoff {
  const failures = new Map<string, Failures>();
  const placeKey = ({ email, ip }: SignInAttempt) => `${email} ${networkOf(ip)}`;

  function waitMs(key: string, freeTries: number, longestMs: number): number {
    const found = failures.get(key);
    const now = clock.now().getTime();
    if (!found || now - found.lastAt > FORGET_AFTER_MS || found.count < freeTries) return 0;
    const wait = Math.min(1000 * 2 ** (found.count - freeTries), longestMs);
    return Math.max(0, found.lastAt + wait - now);
  }

  function count(key: string): void {
    const now = clock.now().getTime();
    const found = failures.get(key);
    const before = found && now - found.lastAt <= FORGET_AFTER_MS ? found.count : 0;
    // Deleted first, so that the map's order is that of the last failure.
    failures.delete(key);
    failures.set(key, { count: before + 1, lastAt: now });
    const [oldest] = failures.keys();
    if (failures.size > MAX_REMEMBERED && oldest !== undefined) failures.delete(oldest);
  }

  return {
    async check(attempt, isKnownPlace) {
      const here = waitMs(placeKey(attempt), FREE_TRIES_FROM_ONE_PLACE, LONGEST_WAIT_FROM_ONE_PLACE_MS);
      if (here > 0) throw tooMany(here);
      const anywhere = waitMs(attempt.email, FREE_TRIES_FROM_ANYWHERE, LONGEST_WAIT_FROM_ANYWHERE_MS);
      if (anywhere > 0 && !(await isKnownPlace())) throw tooMany(anywhere);
    },
    failed(attempt) {
      count(placeKey(attempt));
      count(attempt.email);
    },
    succeeded(attempt) {
      failures.delete(placeKey(attempt));
      // The account's own count stays: a success of the owner must not open the door for the attacker.
    },
  };
}
