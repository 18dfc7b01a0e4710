import { randomUUIDv7 } from 'node:crypto';
import {
  StoredChanges,
  UNREADABLE_TEXT,
  type CorrectionId,
  type OrganizationId,
  type PatientChanges,
  type PatientId,
  type UserId,
} from '@careconnect/contracts';
import type { Database, PatientContact, PatientContacts, Prisma, SealedContact } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { correctionErrors } from './correction.errors.ts';
import { changedMeanwhile, corrected, type PatientDetails, type StoredCorrection } from './correction.ts';

export interface NewCorrection {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  readonly byUserId: UserId;
  readonly at: Date;
  readonly changes: PatientChanges;
}

/** A patient as they are stored by now. */
export type CorrectedDetails = Pick<
  Prisma.PatientModel,
  'name' | 'gender' | 'phone' | 'email' | 'allergiesNote' | 'createdAt'
> & { readonly birthDate: string };

export interface CorrectionRepository {
  exists(organizationId: OrganizationId, patientId: PatientId): Promise<boolean>;
  /**
   * The details as they are then, stored with what they were and with the row that tells of it.
   * Errors: NOT_FOUND, CONFLICT when a field is not what it was said to be.
   */
  correct(correction: NewCorrection, audit: AuditRow): Promise<CorrectedDetails>;
  /** Newest first, with the row that tells of it; null where there is no such patient. */
  list(
    organizationId: OrganizationId,
    patientId: PatientId,
    audit: AuditRow,
  ): Promise<StoredCorrection[] | null>;
}

export interface CorrectionRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
  readonly contacts: PatientContacts;
}

export function createCorrectionRepository({
  database: { prisma },
  cipher,
  contacts,
}: CorrectionRepositoryDeps): CorrectionRepository {
  const toDetails = (row: Prisma.PatientModel) => ({
    name: row.name,
    birthDate: row.birthDate.toISOString().slice(0, 10),
    gender: row.gender,
    phone: cipher.decrypt('patient.phone', row, row.phone),
    email: cipher.decrypt('patient.email', row, row.email),
  });

  async function store(tx: Prisma.TransactionClient, correction: NewCorrection): Promise<void> {
    const { organizationId, changes, ...rest } = correction;
    const owner = { organizationId, id: randomUUIDv7() };
    const sealed = cipher.encrypt('patient_correction.changes', owner, JSON.stringify(changes));
    await tx.patientCorrection.create({ data: { ...rest, ...owner, changes: sealed } });
  }

  return {
    exists: async (organizationId, id) => (await prisma.patient.count({ where: { organizationId, id } })) > 0,

    correct: (correction, audit) =>
      inTransaction(prisma, async (tx) => {
        const { organizationId, patientId: id, changes } = correction;
        const row = await holdPatient(tx, organizationId, id);
        const before = toDetails(row);
        const stale = changedMeanwhile(before, changes);
        if (stale.length > 0) throw correctionErrors.changedMeanwhile(stale);
        const data = toData(before, changes, (contact) => contacts.seal({ organizationId, id }, contact));
        const after = await tx.patient.update({ where: { organizationId, id }, data });
        await store(tx, correction);
        await appendAudit(tx, audit);
        const allergiesNote = cipher.decrypt('patient.allergies_note', after, after.allergiesNote);
        return { ...toDetails(after), allergiesNote, createdAt: after.createdAt };
      }),

    list: (organizationId, patientId, audit) =>
      inTransaction(prisma, async (tx) => {
        const where = { organizationId, patientId };
        const patient = await tx.patient.findFirst({ where: { organizationId, id: patientId } });
        if (!patient) return null;
        const rows = await tx.patientCorrection.findMany({
          where,
          orderBy: [{ at: 'desc' }, { id: 'desc' }],
        });
        const names = await namesOf(tx, rows);
        await appendAudit(tx, audit);
        return rows.map((row) => ({
          id: row.id as CorrectionId,
          at: row.at,
          byUserId: row.byUserId,
          byName: names.get(row.byUserId) ?? null,
          isByPatient: row.byUserId === patient.userId,
          changes: readChanges(cipher.decrypt('patient_correction.changes', row, row.changes)),
        }));
      }),
  };
}

/** What of the row changes. An index goes with its value, so that contacts are sealed together or not at all. */
function toData(
  before: PatientDetails,
  changes: PatientChanges,
  seal: (contact: PatientContact) => SealedContact,
): Prisma.PatientUncheckedUpdateInput {
  const { phone, email } = corrected(before, changes);
  const isReachedElsewhere = changes.phone !== undefined || changes.email !== undefined;
  if (isReachedElsewhere && [phone, email].includes(UNREADABLE_TEXT)) throw correctionErrors.unreadable();
  return {
    ...(changes.name && { name: changes.name.to }),
    ...(changes.birthDate && { birthDate: new Date(changes.birthDate.to) }),
    ...(changes.gender && { gender: changes.gender.to }),
    ...(isReachedElsewhere && seal({ phone, email })),
  };
}

/** Null where it is damaged. */
function readChanges(text: string): StoredChanges | null {
  return text === UNREADABLE_TEXT ? null : StoredChanges.parse(JSON.parse(text));
}

/** Of two who correct at the same moment the second sees what the first has stored. */
async function holdPatient(
  tx: Prisma.TransactionClient,
  organizationId: OrganizationId,
  id: PatientId,
): Promise<Prisma.PatientModel> {
  await tx.$queryRaw`
    SELECT FROM patient WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = await tx.patient.findFirst({ where: { organizationId, id } });
  if (!row) throw correctionErrors.notFound();
  return row;
}

async function namesOf(
  tx: Prisma.TransactionClient,
  rows: readonly { readonly byUserId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ byUserId }) => byUserId))];
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}
