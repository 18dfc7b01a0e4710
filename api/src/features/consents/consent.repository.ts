import type { ConsentKind, ReadConsent } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import {
  currentConsentTexts,
  storeConsent,
  toConsentText,
  type ConsentGiver,
} from '../../core/consent-record.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { consentStates, type ConsentState, type StoredConsent } from './consent.ts';

/** Whose record; the tenant comes from the actor. */
export type ConsentOwner = Pick<ConsentGiver, 'organizationId' | 'patientId'>;

export interface ConsentRepository {
  statesOf(owner: ConsentOwner): Promise<ConsentState[]>;
  /** Stores nothing where it is given already. */
  give(giver: ConsentGiver, read: ReadConsent): Promise<'given' | 'notPublished' | 'outdated'>;
  /** Stores nothing where there is nothing to take back. */
  withdraw(giver: ConsentGiver, kind: ConsentKind): Promise<void>;
}

export function createConsentRepository({ prisma }: Pick<Database, 'prisma'>): ConsentRepository {
  return {
    statesOf: (owner) => inTransaction(prisma, (tx) => statesOf(tx, owner)),

    give: (giver, { kind, version }) =>
      inTransaction(prisma, async (tx) => {
        const state = await holdState(tx, giver, kind);
        if (!state) return 'notPublished';
        if (state.current.version !== version) return 'outdated';
        const [last] = state.records;
        if (last?.decision === 'given' && last.text.version === version) return 'given';
        await storeConsent(tx, giver, 'given', state.current);
        return 'given';
      }),

    withdraw: (giver, kind) =>
      inTransaction(prisma, async (tx) => {
        const last = (await holdState(tx, giver, kind))?.records[0];
        // What is taken back is what was given, also when there is a newer version by now.
        if (last?.decision === 'given') await storeConsent(tx, giver, 'withdrawn', last.text);
      }),
  };
}

/** Two tabs of the same patient decide one after the other. */
async function holdState(
  tx: Prisma.TransactionClient,
  owner: ConsentOwner,
  kind: ConsentKind,
): Promise<ConsentState | undefined> {
  const { organizationId, patientId } = owner;
  await tx.$queryRaw`
    SELECT FROM patient WHERE organization_id = ${organizationId}::uuid AND id = ${patientId}::uuid FOR NO KEY UPDATE`;
  return (await statesOf(tx, owner)).find((state) => state.kind === kind);
}

async function statesOf(
  tx: Prisma.TransactionClient,
  { organizationId, patientId }: ConsentOwner,
): Promise<ConsentState[]> {
  const current = await currentConsentTexts(tx, organizationId);
  const rows = await tx.consent.findMany({
    where: { organizationId, patientId },
    include: { text: true },
    orderBy: { id: 'desc' },
  });
  const records = rows.map((row): StoredConsent => ({ ...row, text: toConsentText(row.text) }));
  return consentStates(current, records);
}
