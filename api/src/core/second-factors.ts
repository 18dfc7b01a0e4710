import type { FactorMethod, FactorProof, SessionId, UserId } from '@careconnect/contracts';

/** Of whom a proof is asked, and for what; it is good for nothing else. */
export type AskedOfPerson =
  | { readonly kind: 'secondStep'; readonly userId: UserId; readonly signInChallengeId: string }
  | { readonly kind: 'session'; readonly userId: UserId; readonly sessionId: SessionId };

/** What somebody has besides a password, and whether a proof by it is right. Wired in `auth.compose.ts`. */
export interface SecondFactors {
  /** In one of their organizations, the best first. Empty for somebody who has none. */
  methodsOf(member: { readonly userId: string; readonly organizationId: string }): Promise<FactorMethod[]>;
  /**
   * Takes a proof; none is taken twice. Each try of a code counts as failed before it is looked at.
   * Errors: CODE_WRONG, PASSKEY_REFUSED; RATE_LIMITED when it is too early for another try.
   */
  take(proof: FactorProof, asked: AskedOfPerson): Promise<void>;
}
