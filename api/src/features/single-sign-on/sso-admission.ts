import type { SessionId, SsoJoining, StaffPost } from '@careconnect/contracts';
import { ssoErrors } from './sso.errors.ts';

/** Somebody whom the provider of an organization has named, and what they are there. */
export interface Arrival {
  readonly organizationId: string;
  readonly joining: SsoJoining;
  readonly issuer: string;
  readonly subject: string;
  /** Null when the provider names none. */
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  /** For an account that is made; null when the provider does not say. */
  readonly name: string | null;
  readonly post: StaffPost;
  readonly requestId: string;
  readonly at: Date;
}

export interface Admitted {
  readonly userId: string;
  /** Opened in another role than they have now. */
  readonly endedSessions: readonly SessionId[];
  /** Whom to tell that the account is opened by the provider from now on. */
  readonly linked: { readonly name: string; readonly email: string | null } | null;
}

/** Somebody of the organization who has the address that the provider names. */
export interface Namesake {
  readonly role: string;
  readonly status: string;
}

/**
 * What becomes of somebody whom the provider names for the first time. An organization decides who its people are, and
 * never who a person is: an address opens only an account of its own staff, and none that decides about others.
 * Errors: SSO_EMAIL_UNVERIFIED, SSO_NO_ACCOUNT, SSO_ACCOUNT_CLOSED, SSO_NOT_LINKED.
 */
export function decideFirst(
  namesake: Namesake | null,
  { joining, isEmailVerified }: Pick<Arrival, 'joining' | 'isEmailVerified'>,
): 'link' | 'make' {
  // A patient is not of the staff, whatever address they have.
  const colleague = namesake?.role === 'patient' ? null : namesake;
  const isMade = joining === 'anyone' && colleague === null;
  if (isMade) return 'make';
  // Said of everybody alike, so that nobody learns by it who works here.
  if (!isEmailVerified) throw ssoErrors.emailUnverified();
  if (!colleague) throw ssoErrors.noAccount();
  if (colleague.status !== 'active') throw ssoErrors.accountClosed();
  if (colleague.role === 'admin') throw ssoErrors.notLinked();
  return 'link';
}
