import type { AuditAction } from './audit.ts';

const COLUMNS = {
  organizationId: 'organization_id',
  actorUserId: 'actor_user_id',
  actorRole: 'actor_role',
  action: 'action',
  entityType: 'entity_type',
  entityId: 'entity_id',
  patientId: 'patient_id',
  requestId: 'request_id',
  at: 'at',
  outcome: 'outcome',
  detail: 'detail',
} as const;

export type AuditField = keyof typeof COLUMNS;
type Optional = 'outcome' | 'detail';

/** An SQL expression for each column: a parameter, a column of `from`, or a literal. */
export type AuditExpressions = Readonly<
  Record<Exclude<AuditField, Optional>, string> & Partial<Record<Optional, string>>
>;

/** The part of a prepared statement that stores an audit row for each row of `from`. */
export function insertAudit(values: AuditExpressions, from: string): string {
  const fields = (Object.keys(COLUMNS) as AuditField[]).filter((field) => values[field] !== undefined);
  const columns = fields.map((field) => COLUMNS[field]).join(', ');
  return `INSERT INTO audit_event (${columns}) SELECT ${fields.map((field) => values[field]).join(', ')} FROM ${from}`;
}

/** What was done, and to what, where a statement always does the same. */
export function auditOf(
  action: AuditAction,
  entityType: string,
): Pick<AuditExpressions, 'action' | 'entityType'> {
  return { action: `'${action}'`, entityType: `'${entityType}'` };
}
