import type { ConsentKind, ConsentWordings, OrganizationId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { toConsentText, type StoredConsentText } from '../../core/consent-record.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export interface NewConsentText {
  readonly kind: ConsentKind;
  readonly wordings: ConsentWordings;
  readonly at: Date;
}

export interface ConsentTextRepository {
  /** Newest first. */
  list(organizationId: OrganizationId): Promise<StoredConsentText[]>;
  /** With the row that tells of it. Errors: FORBIDDEN when the actor is no administrator any more. */
  publish(
    actor: Actor,
    text: NewConsentText,
    audit: (published: StoredConsentText) => AuditRow,
  ): Promise<StoredConsentText>;
}

export function createConsentTextRepository({ prisma }: Pick<Database, 'prisma'>): ConsentTextRepository {
  return {
    async list(organizationId) {
      const rows = await prisma.consentText.findMany({
        where: { organizationId },
        orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      });
      return rows.map(toConsentText);
    },

    publish: (actor, { kind, wordings, at }, audit) =>
      inTransaction(prisma, async (tx) => {
        // It holds the organization: of two who publish at once, one is the next version and the other the one after.
        await holdAsAdministrator(tx, actor);
        const { organizationId, userId: publishedById } = actor;
        const newest = await tx.consentText.findFirst({
          where: { organizationId, kind },
          orderBy: { version: 'desc' },
        });
        const version = (newest?.version ?? 0) + 1;
        const published = toConsentText(
          await tx.consentText.create({
            data: { organizationId, kind, version, wordings, publishedById, publishedAt: at },
          }),
        );
        await appendAudit(tx, audit(published));
        return published;
      }),
  };
}
