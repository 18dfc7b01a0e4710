import { AppError } from '@careconnect/platform';
import type { AuditRow } from '../../core/audit.ts';

/** Who acts where the provider has named nobody whom we know. */
const SSO_ROLE = 'service:single-sign-on';

/** What is written of a sign-in that has failed: the code that the person was shown, and what lies behind it. */
export function refusedArrival(
  organizationId: string,
  failure: unknown,
  requestId: string,
  at: Date,
): AuditRow {
  const why = failure instanceof AppError ? reasonBehind(failure) : null;
  return {
    subject: { organizationId, userId: null, role: SSO_ROLE },
    action: 'auth.signIn',
    entityType: 'user',
    entityId: null,
    patientId: null,
    outcome: 'denied',
    detail: {
      over: 'sso',
      code: failure instanceof AppError ? failure.code : 'INTERNAL',
      ...(why === null ? {} : { why }),
    },
    requestId,
    at,
  };
}

/** A code of the OpenID client or of ours; what a provider writes freely stays out of the trail. */
function reasonBehind({ cause }: AppError): string | null {
  if (typeof cause === 'string') return cause;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : null;
}
