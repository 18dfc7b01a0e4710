import type { Database } from '@careconnect/prisma';
import { detailOf, type AuditRow } from './audit.ts';
import { insertAudit } from './audit-sql.ts';
import { isValueRefused } from './database-failure.ts';
import { createGroupedWriter } from './grouped-writer.ts';
import { prepared } from './prepared.ts';

/** For what is read, or refused: a change carries its audit row in its own transaction. */
export interface AuditTrail {
  /**
   * Must succeed before anything that was read is answered: then the row is on disk. The rows of people
   * who ask at the same moment share one statement and one durable commit, see {@link createGroupedWriter}.
   */
  append(row: AuditRow): Promise<void>;
}

const insertRows = prepared(
  'audit.append',
  insertAudit(
    {
      organizationId: '"organizationId"',
      actorUserId: '"actorUserId"',
      actorRole: '"actorRole"',
      action: '"action"',
      entityType: '"entityType"',
      entityId: '"entityId"',
      patientId: '"patientId"',
      requestId: '"requestId"',
      at: '"at"',
      outcome: '"outcome"',
      detail: '"detail"',
    },
    `json_to_recordset($1) AS row(
       "organizationId" uuid, "actorUserId" uuid, "actorRole" text, "action" text, "entityType" text,
       "entityId" uuid, "patientId" uuid, "requestId" text, "at" timestamptz, "outcome" audit_outcome, "detail" jsonb)`,
  ),
);
const MAX_ROWS = 500;

export function createAuditTrail({ pool, tenancy }: Pick<Database, 'pool' | 'tenancy'>): AuditTrail {
  const write = createGroupedWriter<AuditRow>({
    // Of people of several tenants, whoever of them began the group.
    writeAll: (rows) => tenancy.runAsSystem(() => insertRows(pool, [JSON.stringify(rows.map(toRecord))])),
    maxItems: MAX_ROWS,
    isOneToBlame: isValueRefused,
  });
  return { append: write };
}

function toRecord(whole: AuditRow): unknown {
  const { subject, outcome = 'success', detail: _detail, ...row } = whole;
  const { organizationId, userId: actorUserId, role: actorRole } = subject;
  return { ...row, organizationId, actorUserId, actorRole, outcome, detail: detailOf(whole) };
}
