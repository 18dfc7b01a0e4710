import type { FactorCode, FactorMethod } from '@careconnect/contracts';

/** What somebody has besides a password, and whether a code of it is right. Wired in `auth.compose.ts`. */
export interface SecondFactors {
  /** Empty for somebody who has none. */
  methodsOf(userId: string): Promise<FactorMethod[]>;
  /**
   * Takes a code; none is taken twice. Each try counts as failed before it is looked at.
   * Errors: CODE_WRONG; RATE_LIMITED when it is too early for another try.
   */
  take(userId: string, code: FactorCode): Promise<void>;
}
