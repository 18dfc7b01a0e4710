import type { FactorMethod } from '@careconnect/contracts';
import type { OpenedSession } from './session-cookies.ts';

/** Somebody whose first step was right: a password, or the word of their organization's identity provider. */
export interface ProvenPerson {
  readonly userId: string;
  readonly organizationId: string;
  readonly by: 'password' | 'sso';
  /** The identity provider has asked for a second factor itself. */
  readonly hasSecondStep: boolean;
  /** What the password was held against; null for whoever signed in without one. */
  readonly passwordHash: string | null;
  /** When they proved it. */
  readonly confirmedAt: Date;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** A first step that was right and is not enough. */
export interface AskedForFactor {
  /** Which the page hands back with the proof. */
  readonly challenge: string;
  readonly methods: readonly FactorMethod[];
  readonly expiresAt: Date;
}

/** All of a sign-in, or the first half of one. */
export type SignedInOrAsked =
  ({ readonly kind: 'signedIn' } & OpenedSession) | ({ readonly kind: 'secondFactor' } & AskedForFactor);

/**
 * What follows a first step that was right: the second, or a session. Wired in `auth.compose.ts`.
 * Errors: INVALID_CREDENTIALS when the password was replaced while it was looked at.
 */
export type FinishSignIn = (person: ProvenPerson) => Promise<SignedInOrAsked>;
