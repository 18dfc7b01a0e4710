import type { AuditRow } from '../../core/audit.ts';
import type { PasskeyRefusal } from '../../core/passkey-proofs.ts';
import type { SignInMethod } from './session.ts';

export interface Refused {
  readonly userId: string;
  /** That it was for. */
  readonly organizationId: string;
  readonly role: string;
}

/** What is written of a sign-in that failed over a password, a code or a passkey. */
export function refusedSignIn(
  { userId, organizationId, role }: Refused,
  over: SignInMethod,
  requestId: string,
  at: Date,
  why?: PasskeyRefusal,
): AuditRow {
  return {
    subject: { organizationId, userId, role },
    action: 'auth.signIn',
    entityType: 'user',
    entityId: userId,
    patientId: null,
    outcome: 'denied',
    detail: { over, ...(why === undefined ? {} : { why }) },
    requestId,
    at,
  };
}
