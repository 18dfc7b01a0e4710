import { ConsentWordings, type ConsentKind, type ReadConsent } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import type { ActsAs } from './actor.ts';
import { appendAudit, type AuditAction } from './audit.ts';

/** One version of what an organization asks its patients to agree to. */
export interface StoredConsentText {
  readonly id: string;
  readonly kind: ConsentKind;
  readonly version: number;
  readonly wordings: ConsentWordings;
  readonly publishedAt: Date;
}

/** Who decides about their own record, how, and when. */
export interface ConsentGiver {
  readonly organizationId: string;
  readonly patientId: string;
  readonly userId: string;
  /** Who decides for another; absent when a patient decides for themselves. */
  readonly actsAs?: ActsAs | null;
  readonly means: Prisma.ConsentModel['means'];
  readonly requestId: string;
  readonly at: Date;
}

/** The newest version of each kind that the organization has published. */
export async function currentConsentTexts(
  tx: Pick<Prisma.TransactionClient, 'consentText'>,
  organizationId: string,
): Promise<StoredConsentText[]> {
  const rows = await tx.consentText.findMany({
    where: { organizationId },
    orderBy: [{ kind: 'asc' }, { version: 'desc' }],
    distinct: ['kind'],
  });
  return rows.map(toConsentText);
}

export function toConsentText(row: Prisma.ConsentTextModel): StoredConsentText {
  const { id, kind, version, publishedAt } = row;
  return { id, kind, version, publishedAt, wordings: ConsentWordings.parse(row.wordings) };
}

/** Whether somebody has read every text in the version that counts now, and none besides. */
export function isUpToDate(
  current: readonly Pick<StoredConsentText, 'kind' | 'version'>[],
  read: readonly ReadConsent[],
): boolean {
  const isRead = (text: Pick<StoredConsentText, 'kind' | 'version'>) =>
    read.some(({ kind, version }) => kind === text.kind && version === text.version);
  return current.length === read.length && current.every(isRead);
}

const ACTIONS = {
  given: 'consent.give',
  withdrawn: 'consent.withdraw',
} as const satisfies Record<Prisma.ConsentModel['decision'], AuditAction>;

/** Stores a decision with the row that tells of it. */
export async function storeConsent(
  tx: Prisma.TransactionClient,
  giver: ConsentGiver,
  decision: Prisma.ConsentModel['decision'],
  text: Pick<StoredConsentText, 'id' | 'kind' | 'version'>,
): Promise<void> {
  const { organizationId, patientId, userId, actsAs = null, means, requestId, at } = giver;
  const { id } = await tx.consent.create({
    data: { organizationId, patientId, textId: text.id, decision, means, performerUserId: userId, at },
  });
  await appendAudit(tx, {
    subject: { organizationId, userId, role: 'patient', actsAs },
    action: ACTIONS[decision],
    entityType: 'consent',
    entityId: id,
    patientId,
    requestId,
    at,
    detail: { kind: text.kind, version: text.version, means },
  });
}
