import type { AuditAction, PatientId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import type { Actor, ActsAs } from './actor.ts';

/** Who acts: a person, or one of our own processes. */
export interface AuditSubject {
  readonly organizationId: string;
  readonly userId: string | null;
  /** A role, or `service:signaling`. */
  readonly role: string;
  /** By which right somebody acts for the row's patient, and as what to them. */
  readonly actsAs?: ActsAs | null;
}

export type { AuditAction };

/** What was done. `detail` holds ids, counts and codes; never clinical text. */
export interface AuditEntry {
  readonly action: AuditAction;
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

/** Who appears in a list, each once: with it, the trail can say who has seen a patient. */
export function patientIdsOf(
  shown: readonly { readonly patient: { readonly id: PatientId } }[],
): PatientId[] {
  return [...new Set(shown.map(({ patient }) => patient.id))];
}

export function personAudit(
  { actor, requestId }: { actor: Actor; requestId: string },
  at: Date,
  entry: AuditEntry,
): AuditRow {
  return { ...entry, subject: subjectOf(actor), requestId, at };
}

export function subjectOf({ organizationId, userId, role, actsAs }: Actor): AuditSubject {
  return { organizationId, userId, role, actsAs };
}

/** All that a row stores beside its columns. */
export function detailOf({ detail, subject }: Pick<AuditRow, 'detail' | 'subject'>) {
  return { ...detail, ...subject.actsAs };
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
      detail: detailOf(row),
    },
  });
}
