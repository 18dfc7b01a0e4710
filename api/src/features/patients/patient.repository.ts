import type { OrganizationId, PatientId } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { nameHasWords } from '../../core/name-words.ts';
import { toPage, type Page } from '../../core/page.ts';
import type { NewPatient, Patient, PatientSearch } from './patient.ts';
import { parsePatientQuery } from './patient-query.ts';

/** Every method takes the row that tells of it and stores both in one transaction. */
export interface PatientRepository {
  /** Null when the cursor is not a patient of this organization. */
  search(
    organizationId: OrganizationId,
    search: PatientSearch,
    audit: (found: readonly Patient[]) => AuditRow,
  ): Promise<Page<Patient> | null>;
  find(
    organizationId: OrganizationId,
    id: PatientId,
    audit: (patient: Patient) => AuditRow,
  ): Promise<Patient | null>;
  create(
    organizationId: OrganizationId,
    patient: NewPatient,
    audit: (patient: Patient) => AuditRow,
  ): Promise<Patient>;
}

type Row = Prisma.PatientModel;

export interface PatientRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createPatientRepository({
  database: { prisma },
  cipher,
}: PatientRepositoryDeps): PatientRepository {
  const toPatient = (row: Row): Patient => ({
    id: row.id as PatientId,
    name: row.name,
    birthDate: row.birthDate.toISOString().slice(0, 10),
    gender: row.gender,
    phone: row.phone,
    email: row.email,
    allergiesNote: cipher.decrypt('patient.allergies_note', row, row.allergiesNote),
    createdAt: row.createdAt,
  });

  return {
    search: (organizationId, { q, limit, after }, audit) =>
      inTransaction(prisma, async (tx) => {
        const last = after && (await tx.patient.findFirst({ where: { organizationId, id: after } }));
        if (after && !last) return null;
        const asked = await matching(tx, organizationId, q);
        const rows = await tx.patient.findMany({
          where: { organizationId, AND: [asked, last ? listedAfter(last) : {}] },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
          // One more, which only tells that there is a next page.
          take: limit + 1,
        });
        // An id and not a name: cursors end up in addresses, and addresses in logs.
        const page = toPage(rows, limit, ({ id }) => id, toPatient);
        await appendAudit(tx, audit(page.items));
        return page;
      }),

    find: (organizationId, id, audit) =>
      inTransaction(prisma, async (tx) => {
        const row = await tx.patient.findFirst({ where: { organizationId, id } });
        if (!row) return null;
        const patient = toPatient(row);
        await appendAudit(tx, audit(patient));
        return patient;
      }),

    create: (organizationId, patient, audit) =>
      inTransaction(prisma, async (tx) => {
        const { birthDate, ...rest } = patient;
        const created = toPatient(
          await tx.patient.create({ data: { ...rest, organizationId, birthDate: new Date(birthDate) } }),
        );
        await appendAudit(tx, audit(created));
        return created;
      }),
  };
}

async function matching(
  tx: Prisma.TransactionClient,
  organizationId: OrganizationId,
  q: string,
): Promise<Prisma.PatientWhereInput> {
  const { words, birthDates, phones } = parsePatientQuery(q);
  const conditions: Prisma.PatientWhereInput[] = [nameHasWords(words)];
  for (const dates of birthDates) conditions.push({ birthDate: { in: dates.map((date) => new Date(date)) } });
  for (const { digits, typed } of phones) {
    const ids = await idsWithPhone(tx, organizationId, digits);
    conditions.push({ OR: [{ id: { in: ids } }, nameHasWords(typed)] });
  }
  return { AND: conditions };
}

/** More people than these have a number that was not typed far enough to tell them apart. */
const SAME_DIGITS_AT_MOST = 200;

async function idsWithPhone(
  tx: Prisma.TransactionClient,
  organizationId: OrganizationId,
  digits: string,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM patient
     WHERE organization_id = ${organizationId}::uuid
       AND regexp_replace(phone, '[^0-9]', '', 'g') LIKE ${`%${digits}%`}
     LIMIT ${SAME_DIGITS_AT_MOST}`;
  return rows.map(({ id }) => id);
}

function listedAfter({ name, id }: Row): Prisma.PatientWhereInput {
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] };
}
