import { hash, verify, type Options } from '@node-rs/argon2';

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
