import type { OrganizationId, PatientId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { sqlNameHasWords } from '../../core/name-words.repository.ts';
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
        // One more, which only tells that there is a next page.
        const ids = await idsFound(tx, organizationId, { q, last, take: limit + 1 });
        const rows = await tx.patient.findMany({
          where: { organizationId, id: { in: ids } },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
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

/** One query for all that was asked: what finds somebody by their number is in no model's filter. */
async function idsFound(
  tx: Prisma.TransactionClient,
  organizationId: OrganizationId,
  { q, last, take }: { q: string; last: Row | null | undefined; take: number },
): Promise<string[]> {
  const { words, birthDates, phones } = parsePatientQuery(q);
  const conditions = [
    Prisma.sql`organization_id = ${organizationId}::uuid`,
    sqlNameHasWords(words),
    ...birthDates.map((dates) => Prisma.sql`birth_date = ANY(${dates}::date[])`),
    ...phones.map(({ digits, typed }) => Prisma.sql`(${hasPhone(digits)} OR ${sqlNameHasWords(typed)})`),
    ...(last ? [Prisma.sql`(name, id) > (${last.name}, ${last.id}::uuid)`] : []),
  ];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM patient
     WHERE ${Prisma.join(conditions, ' AND ')}
     ORDER BY name, id
     LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

/** With fewer digits than these a number on record says nothing about the end of a longer one. */
const WHOLE_NUMBER_DIGITS = 6;

/** The typed digits are part of the number on record, or end in all of it: some national numbers are short. */
function hasPhone(digits: string): Prisma.Sql {
  const onRecord = Prisma.sql`ltrim(regexp_replace(phone, '\\(0\\)|[^0-9]', '', 'g'), '0')`;
  return Prisma.sql`(
    ${onRecord} LIKE ${`%${digits}%`}
    OR (length(${onRecord}) >= ${WHOLE_NUMBER_DIGITS} AND ${digits} LIKE '%' || ${onRecord})
  )`;
}
