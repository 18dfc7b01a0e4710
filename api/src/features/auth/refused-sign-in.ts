import type { AuditRow } from '../../core/audit.ts';
import type { SignInMethod } from './session.ts';

export interface Refused {
  readonly userId: string;
  /** That it was for. */
  readonly organizationId: string;
  readonly role: string;
}

/** What is written of a sign-in that failed over a password or a code. */
export function refusedSignIn(
  { userId, organizationId, role }: Refused,
  over: SignInMethod,
  requestId: string,
  at: Date,
): AuditRow {
  return {
    subject: { organizationId, userId, role },
    action: 'auth.signIn',
    entityType: 'user',
    entityId: userId,
    patientId: null,
    outcome: 'denied',
    detail: { over },
    requestId,
    at,
  };
}
