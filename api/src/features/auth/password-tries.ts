import type { Clock } from '@careconnect/platform';
import type { Account, AccountRepository } from './account.repository.ts';
import type { Passwords } from './passwords.ts';
import type { SignInBackoff } from './sign-in-backoff.ts';

/** No account has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const PLACE_IS_KNOWN_FOR_MS = 90 * 86_400_000;

export interface PasswordTry {
  /** As it was typed, whether there is an account or not. */
  readonly email: string;
  readonly ip: string;
  readonly account: Account | null;
  readonly password: string;
  /** What else must be true for the try to count as a good one. */
  readonly isWelcome?: boolean;
}

/** Passwords that are tried, and slowed down when they are wrong. */
export interface PasswordTries {
  /** Takes the same time whether there is an account or not. Errors: RATE_LIMITED. */
  isRight(tried: PasswordTry): Promise<boolean>;
}

export interface PasswordTriesDeps {
  readonly accounts: Pick<AccountRepository, 'hasSignedInFrom'>;
  readonly passwords: Passwords;
  readonly backoff: SignInBackoff;
  readonly clock: Clock;
}

export function createPasswordTries({
  accounts,
  passwords,
  backoff,
  clock,
}: PasswordTriesDeps): PasswordTries {
  async function isKnownPlace(account: Account | null, ip: string): Promise<boolean> {
    const since = new Date(clock.now().getTime() - PLACE_IS_KNOWN_FOR_MS);
    // Of nobody too, who takes as long.
    return accounts.hasSignedInFrom(account?.userId ?? NOBODY, ip, since);
  }

  return {
    async isRight({ email, ip, account, password, isWelcome = true }) {
      const counted = await backoff.begin({ email, ip }, () => isKnownPlace(account, ip));
      const isMatch = await passwords
        .matches(account?.passwordHash ?? null, password)
        .catch((refusal: unknown) => {
          counted.withdrawn();
          throw refusal;
        });
      const isRight = isMatch && isWelcome;
      if (isRight) counted.succeeded();
      return isRight;
    },
  };
}
