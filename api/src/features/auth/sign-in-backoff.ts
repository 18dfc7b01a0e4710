import { networkOf, type Clock } from '@careconnect/platform';
import { tooMany } from '../../core/rate-limit.ts';

const FREE_TRIES_FROM_ONE_PLACE = 5;
const LONGEST_WAIT_FROM_ONE_PLACE_MS = 15 * 60_000;
const FREE_TRIES_FROM_ANYWHERE = 20;
/** Short on purpose: whoever attacks an account from many places must not lock its owner out. */
const LONGEST_WAIT_FROM_ANYWHERE_MS = 30_000;
const FORGET_AFTER_MS = 60 * 60_000;
const MAX_REMEMBERED = 50_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
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
  /**
   * Counts a try as failed before its password is looked at: of many at the same moment, only as many go on as
   * may. Throws `RATE_LIMITED`, and counts nothing, when it is too early for another one.
   */
  begin(attempt: SignInAttempt, isKnownPlace: () => Promise<boolean>): Promise<CountedTry>;
}

/** A try that counts as failed unless told otherwise. */
export interface CountedTry {
  /** The password was right: this try never happened, and the place is forgiven. */
  succeeded(): void;
  /** The password was not looked at: this try never happened, and nothing is forgiven. */
  withdrawn(): void;
}

export function createSignInBackoff(clock: Clock): SignInBackoff {
  const failures = new Map<string, Failures>();

  function waitMs(key: string, freeTries: number, longestMs: number): number {
    const found = failures.get(key);
    const now = clock.now().getTime();
    if (!found || now - found.lastAt > FORGET_AFTER_MS || found.count < freeTries) return 0;
    const wait = Math.min(1000 * 2 ** (found.count - freeTries), longestMs);
    return Math.max(0, found.lastAt + wait - now);
  }

  const waitOf = (place: string) => waitMs(place, FREE_TRIES_FROM_ONE_PLACE, LONGEST_WAIT_FROM_ONE_PLACE_MS);
  const waitOfAccount = (email: string) =>
    waitMs(email, FREE_TRIES_FROM_ANYWHERE, LONGEST_WAIT_FROM_ANYWHERE_MS);

  /** Answers with what takes the count back. */
  function count(key: string): () => void {
    const now = clock.now().getTime();
    const found = failures.get(key);
    const before = found && now - found.lastAt <= FORGET_AFTER_MS ? found : { count: 0, lastAt: now };
    const counted = { count: before.count + 1, lastAt: now };
    // Deleted first, so that the map's order is that of the last failure.
    failures.delete(key);
    failures.set(key, counted);
    const [oldest] = failures.keys();
    if (failures.size > MAX_REMEMBERED && oldest !== undefined) failures.delete(oldest);
    return () => {
      const current = failures.get(key);
      if (!current) return;
      failures.set(key, current === counted ? before : { ...current, count: current.count - 1 });
    };
  }

  return {
    async begin({ email, ip }, isKnownPlace) {
      const place = `${email} ${networkOf(ip)}`;
      const isStranger = waitOfAccount(email) > 0 && !(await isKnownPlace());
      // From here to the counts nothing is awaited, so that no other try comes in between.
      const wait = Math.max(waitOf(place), isStranger ? waitOfAccount(email) : 0);
      if (wait > 0) throw tooMany(wait);
      const takeBackOfPlace = count(place);
      const takeBackOfAccount = count(email);
      return {
        succeeded() {
          failures.delete(place);
          // The account's earlier failures stay: a success of the owner must not open the door for the attacker.
          takeBackOfAccount();
        },
        withdrawn() {
          takeBackOfPlace();
          takeBackOfAccount();
        },
      };
    },
  };
}
