import { hash, verify, type Options } from '@node-rs/argon2';
import { BoundedQueue } from '../../core/bounded-queue.ts';
import { authErrors } from './auth.errors.ts';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. The library's algorithm is argon2id. */
const OPTIONS: Options = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** A hash of nothing anyone knows, so that an unknown address costs as much time as a known one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export interface Passwords {
  hash(password: string): Promise<string>;
  /** False for a wrong password and, after the same time, for a hash that does not exist. */
  matches(stored: string | null, password: string): Promise<boolean>;
}

export const passwords: Passwords = {
  hash: (password) => hash(password.normalize('NFC'), OPTIONS),
  async matches(stored, password) {
    const isMatch = await verify(stored ?? NOBODY, password.normalize('NFC'));
    return stored !== null && isMatch;
  },
};

/**
 * A hash takes a whole processor for some 20 ms, in one of the four threads of the process that also look up names
 * and read files. Behind 240 at once, the look-up that a new connection to the database begins with took 4.5 s on
 * two processors, with 16 threads (`UV_THREADPOOL_SIZE`) no less; behind two, 10 ms. 40 that wait are looked at
 * within a second or so.
 */
const AT_ONCE = 2;
const WAITING = 40;

/** The same, but no more at once than the machine can bear. Errors: RATE_LIMITED. */
export function inTurns(unlimited: Passwords): Passwords {
  const queue = new BoundedQueue({ atOnce: AT_ONCE, waiting: WAITING, refusal: authErrors.manyAtOnce });
  return {
    hash: (password) => queue.run(() => unlimited.hash(password)),
    matches: (stored, password) => queue.run(() => unlimited.matches(stored, password)),
  };
}
