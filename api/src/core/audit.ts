import type { Prisma } from '@careconnect/prisma';
import type { Actor } from './actor.ts';

/** Who acts: a person, or one of our own processes. */
export interface AuditSubject {
  readonly organizationId: string;
  readonly userId: string | null;
  /** A role, or `service:signaling`. */
  readonly role: string;
}

/** What was done. `detail` holds ids, counts and codes; never clinical text. */
export interface AuditEntry {
  /** `patient.read`, `visit.start` … */
  readonly action: string;
  readonly entityType: string;
  /** Null for a search or a list. */
  readonly entityId: string | null;
  readonly patientId: string | null;
  readonly outcome?: 'success' | 'denied' | 'failure';
  readonly detail?: Readonly<Record<string, string | number | boolean | null | string[]>>;
}

export interface AuditRow extends AuditEntry {
  readonly subject: AuditSubject;
  readonly requestId: string;
  readonly at: Date;
}

export function personAudit(
  { actor, requestId }: { actor: Actor; requestId: string },
  at: Date,
  entry: AuditEntry,
): AuditRow {
  const { organizationId, userId, role } = actor;
  return { ...entry, subject: { organizationId, userId, role }, requestId, at };
}

/** Stores the row in the transaction of the change that it tells of. */
export async function appendAudit(
  tx: Pick<Prisma.TransactionClient, 'auditEvent'>,
  row: AuditRow,
): Promise<void> {
  await tx.auditEvent.createMany({
    data: {
      organizationId: row.subject.organizationId,
      actorUserId: row.subject.userId,
      actorRole: row.subject.role,
      action: row.action,
      entityType: row.entityType,
      entityId: row.entityId,
      patientId: row.patientId,
      requestId: row.requestId,
      at: row.at,
      outcome: row.outcome ?? 'success',
      detail: { ...row.detail },
    },
  });
}

const COLUMNS =
  'organization_id, actor_user_id, actor_role, action, entity_type, entity_id, patient_id, request_id, at, outcome, detail';
const CASTS = [
  'uuid',
  'uuid',
  'text',
  'text',
  'text',
  'uuid',
  'uuid',
  'text',
  'timestamptz',
  'audit_outcome',
  'jsonb',
];

/**
 * The audit row of a hot read as SQL, its parameters numbered from `first`; its values are
 * {@link auditValues}. The read carries it as a data-modifying CTE, which PostgreSQL runs in the same
 * statement, and so in the same transaction, whether or not anything refers to it:
 * `WITH audited AS (${auditReadInsert(3)}) SELECT … WHERE a = $1 AND b = $2`.
 *
 * It also asks for an asynchronous commit of that transaction, which holds nothing but this row: a read
 * then waits for no disk. The price: a crash of the database server (not of api) may lose the rows of
 * its last moments, at most three times `wal_writer_delay`. Changes, and their audit rows, always wait.
 */
export function auditReadInsert(first: number): string {
  const parameters = CASTS.map((cast, index) => `$${first + index}::${cast}`);
  return `INSERT INTO audit_event (${COLUMNS}) VALUES (${parameters.join(', ')})
    RETURNING set_config('synchronous_commit', 'off', true)`;
}

export function auditValues(row: AuditRow): unknown[] {
  const { subject } = row;
  return [
    subject.organizationId,
    subject.userId,
    subject.role,
    row.action,
    row.entityType,
    row.entityId,
    row.patientId,
    row.requestId,
    row.at,
    row.outcome ?? 'success',
    JSON.stringify(row.detail ?? {}),
  ];
}
