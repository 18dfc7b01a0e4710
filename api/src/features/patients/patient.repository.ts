import { randomUUIDv7 } from 'node:crypto';
import type { OrganizationId, PatientId } from '@careconnect/contracts';
import { Prisma, type Database, type PatientContacts } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { sqlNameHasWords } from '../../core/name-words.repository.ts';
import { toPage, type Page } from '../../core/page.ts';
import type { NewPatient, Patient, PatientSearch } from './patient.ts';
import { parsePatientQuery } from './patient-query.ts';
import { sqlHasEmail, sqlHasPhone } from './patient-contact-sql.repository.ts';

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
  readonly contacts: PatientContacts;
}

export function createPatientRepository({
  database: { prisma },
  cipher,
  contacts,
}: PatientRepositoryDeps): PatientRepository {
  const toPatient = (row: Row): Patient => ({
    id: row.id as PatientId,
    name: row.name,
    birthDate: row.birthDate.toISOString().slice(0, 10),
    gender: row.gender,
    phone: cipher.decrypt('patient.phone', row, row.phone),
    email: cipher.decrypt('patient.email', row, row.email),
    allergiesNote: cipher.decrypt('patient.allergies_note', row, row.allergiesNote),
    createdAt: row.createdAt,
  });

  return {
    search: (organizationId, { q, isByContact, limit, after }, audit) =>
      inTransaction(prisma, async (tx) => {
        const last = after && (await tx.patient.findFirst({ where: { organizationId, id: after } }));
        if (after && !last) return null;
        // One more, which only tells that there is a next page.
        const ids = await idsFound(tx, {
          ...{ organizationId, q, last, take: limit + 1 },
          contacts: isByContact ? contacts : null,
        });
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
        const { birthDate, phone, email, ...rest } = patient;
        const owner = { organizationId, id: randomUUIDv7() };
        const sealed = contacts.seal(owner, { phone, email });
        const created = toPatient(
          await tx.patient.create({ data: { ...rest, ...owner, ...sealed, birthDate: new Date(birthDate) } }),
        );
        await appendAudit(tx, audit(created));
        return created;
      }),
  };
}

interface Wanted {
  readonly organizationId: OrganizationId;
  readonly q: string;
  readonly last: Row | null | undefined;
  readonly take: number;
  /** Null where numbers and addresses find nobody. */
  readonly contacts: PatientContacts | null;
}

/** One query for all that was asked: what finds somebody by their number is in no model's filter. */
async function idsFound(
  tx: Prisma.TransactionClient,
  { organizationId, q, last, take, contacts }: Wanted,
): Promise<string[]> {
  const { words, birthDates, phones, emails } = parsePatientQuery(q);
  const conditions = [
    Prisma.sql`organization_id = ${organizationId}::uuid`,
    sqlNameHasWords(words),
    ...birthDates.map((dates) => Prisma.sql`birth_date = ANY(${dates}::date[])`),
    ...phones.map(({ digits, typed }) => {
      if (!contacts) return sqlNameHasWords(typed);
      const hasPhone = sqlHasPhone(digits, contacts.phoneTokens(organizationId, digits));
      return Prisma.sql`(${hasPhone} OR ${sqlNameHasWords(typed)})`;
    }),
    ...emails.map((email) =>
      contacts ? sqlHasEmail(email, contacts.emailTokens(organizationId, email)) : sqlNameHasWords(email),
    ),
    ...(last ? [Prisma.sql`(name, id) > (${last.name}, ${last.id}::uuid)`] : []),
  ];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM patient
     WHERE ${Prisma.join(conditions, ' AND ')}
     ORDER BY name, id
     LIMIT ${take}`;
  return rows.map(({ id }) => id);
}
