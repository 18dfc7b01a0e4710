/** Whoever chooses a password. */
export interface PasswordOwner {
  readonly email: string | null;
  /** The organization whose staff they are about to join. */
  readonly joining?: string;
}

/** What other features may ask of addresses and passwords. Wired in `auth.compose.ts`. */
export interface Credentials {
  /** Whether an account belongs to the address. Not to be told to anybody but whoever reads its mail. */
  exist(email: string): Promise<boolean>;
  /** Whether its owner belongs to the organization, in whatever role. */
  isMember(email: string, organizationSlug: string): Promise<boolean>;
  /** How long a new password of theirs must be. */
  minLength(owner: PasswordOwner): Promise<number>;
  /** The hash to store for a new password. Errors: PASSWORD_TOO_WEAK, RATE_LIMITED. */
  choose(password: string, owner: PasswordOwner): Promise<string>;
  /** The stored hash that the password was right for. Errors: INVALID_CREDENTIALS, RATE_LIMITED. */
  prove(tried: { readonly email: string; readonly password: string; readonly ip: string }): Promise<string>;
}
