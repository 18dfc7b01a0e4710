import type { OrganizationId, SessionId } from '@careconnect/contracts';
import { personAudit, type AuditEntry, type AuditRow } from '../../core/audit.ts';
import type { Caller } from '../../core/actor.ts';

/** Somebody of an organization who is told what was decided about it. */
export interface Administrator {
  readonly name: string;
  readonly email: string;
}

/** What an organization was suspended, or opened again, with. */
export interface Decided {
  readonly name: string;
  readonly administrators: readonly Administrator[];
  readonly endedSessions: readonly SessionId[];
}

/** The row of a decision about an organization, for the trail of the platform and for that of the organization itself. */
export function auditInBoth(
  caller: Caller,
  at: Date,
  organizationId: OrganizationId,
  entry: Pick<AuditEntry, 'action' | 'detail'>,
): readonly [AuditRow, AuditRow] {
  const about = { entityType: 'organization', entityId: organizationId, patientId: null } as const;
  const row = personAudit(caller, at, { ...entry, ...about });
  return [row, { ...row, subject: { ...row.subject, organizationId } }];
}
