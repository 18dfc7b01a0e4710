import type { Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';

/** For what is read, or refused: a change carries its audit row in its own transaction. */
export interface AuditTrail {
  /** Must succeed before anything that was read is answered. */
  append(row: AuditRow): Promise<void>;
}

export function createAuditTrail({ prisma }: Pick<Database, 'prisma'>): AuditTrail {
  return { append: (row) => appendAudit(prisma, row) };
}
