import {
  OPEN_VISIT_STATES,
  UNREADABLE_TEXT,
  type ErasureId,
  type OrganizationId,
  type PatientId,
  type SessionId,
  type UserId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { eraseAccount, type ErasedAccount } from './account-erasure.repository.ts';
import { erasureErrors } from './erasure.errors.ts';
import { holdOpenRequest } from './erasure.repository.ts';
import { heldUntil } from './erasure.ts';

export interface ErasedPatient {
  readonly name: string;
  /** Where they are told of it; null for a guest. */
  readonly email: string | null;
  readonly endedSessions: readonly SessionId[];
  /** Notes whose bytes lie by themselves, because they were never delivered. */
  readonly undelivered: readonly { readonly visitId: string; readonly id: string }[];
}

export interface PatientErasureRepository {
  /**
   * Puts all that is stored of the patient into one held record, and erases them, in one transaction with the row that
   * tells of it. Errors: FORBIDDEN, NOT_FOUND, CONFLICT, ERASURE_BLOCKED.
   */
  accept(
    actor: Actor,
    id: ErasureId,
    at: Date,
    audit: (patientId: PatientId, until: string) => AuditRow,
  ): Promise<ErasedPatient>;
}

export interface PatientErasureDeps {
  readonly database: Pick<Database, 'prisma' | 'tenancy'>;
  readonly cipher: FieldCipher;
  /** All that is stored of a patient, as text, read in the transaction that erases it. */
  readonly recordOf: (tx: Prisma.TransactionClient, owner: RecordOwner, at: Date) => Promise<string>;
}

export interface RecordOwner {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  /** Null for who has no account: somebody who acts for them asked. */
  readonly userId: UserId | null;
}

export function createPatientErasureRepository(deps: PatientErasureDeps): PatientErasureRepository {
  const { database, cipher, recordOf } = deps;

  async function hold(
    tx: Prisma.TransactionClient,
    request: Prisma.ErasureRequestModel,
    patient: Prisma.PatientModel,
    at: Date,
  ): Promise<string> {
    const { id, organizationId } = request;
    const owner = { organizationId, patientId: patient.id, userId: patient.userId } as RecordOwner;
    const text = await recordOf(tx, owner, at);
    // What cannot be read now would be gone for good, and may still be mended.
    if (text.includes(JSON.stringify(UNREADABLE_TEXT).slice(1, -1))) throw erasureErrors.unreadable();
    const until = await lastDayOf(tx, patient, at);
    const content = cipher.encrypt('held_record.content', { organizationId, id }, text);
    await tx.heldRecord.create({
      data: { id, organizationId, patientId: patient.id, content, heldUntil: new Date(until), createdAt: at },
    });
    await tx.$executeRaw`
      INSERT INTO held_file (organization_id, record_id, address)
      SELECT DISTINCT a.organization_id, ${id}::uuid, a.content_address
        FROM attachment a JOIN visit v ON v.organization_id = a.organization_id AND v.id = a.visit_id
        JOIN chat_message m ON m.visit_id = a.visit_id AND m.attachment_id = a.id
       WHERE v.organization_id = ${organizationId}::uuid AND v.patient_id = ${patient.id}::uuid
         AND a.content_address IS NOT NULL`;
    return until;
  }

  return {
    // Accounts belong to no organization: only the system writes them. All else is of the actor's own.
    accept: (actor, id, at, audit) =>
      database.tenancy.runAsSystem(() =>
        inTransaction(database.prisma, async (tx) => {
          const request = await holdOpenRequest(tx, actor, id);
          const patient = await holdPatient(tx, request);
          await refuseCareToCome(tx, patient, at);
          const until = await hold(tx, request, patient, at);
          const undelivered = await eraseRecord(tx, patient);
          const account = await eraseAccountOf(tx, patient);
          const data = { state: 'accepted', decidedAt: at, decidedByUserId: actor.userId } as const;
          await tx.erasureRequest.update({ where: { id }, data });
          await appendAudit(tx, audit(patient.id as PatientId, until));
          return { ...account, name: patient.name, undelivered };
        }),
      ),
  };
}

/** Nobody books or opens a visit for them meanwhile: such a row would have to point at this one. */
async function holdPatient(
  tx: Prisma.TransactionClient,
  { organizationId, patientId }: Prisma.ErasureRequestModel,
): Promise<Prisma.PatientModel> {
  await tx.$queryRaw`SELECT FROM patient WHERE id = ${patientId}::uuid FOR UPDATE`;
  const patient = await tx.patient.findFirst({ where: { organizationId, id: patientId } });
  if (!patient) throw erasureErrors.notFound();
  return patient;
}

/** A child has none, and their parents keep theirs. */
function eraseAccountOf(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Prisma.PatientModel,
): Promise<ErasedAccount> | ErasedAccount {
  return userId === null ? { email: null, endedSessions: [] } : eraseAccount(tx, { organizationId, userId });
}

async function refuseCareToCome(
  tx: Prisma.TransactionClient,
  { organizationId, id: patientId }: Prisma.PatientModel,
  at: Date,
): Promise<void> {
  const own = { organizationId, patientId };
  const visits = await tx.visit.count({ where: { ...own, state: { in: [...OPEN_VISIT_STATES] } } });
  const booked = await tx.appointment.count({ where: { ...own, status: 'booked', endsAt: { gt: at } } });
  if (visits + booked > 0) throw erasureErrors.hasCareToCome();
}

async function lastDayOf(
  tx: Prisma.TransactionClient,
  { organizationId, id: patientId, birthDate, createdAt }: Prisma.PatientModel,
  at: Date,
): Promise<string> {
  const { recordRetentionYears: retentionYears } = await tx.organization.findFirstOrThrow({
    where: { id: organizationId },
  });
  const { _max } = await tx.visit.aggregate({
    where: { organizationId, patientId, listedAt: { lte: at } },
    _max: { listedAt: true, endedAt: true },
  });
  const times = [createdAt, _max.listedAt, _max.endedAt].flatMap((time) => time?.getTime() ?? []);
  const lastCareAt = new Date(Math.max(...times));
  return heldUntil({ birthDate: birthDate.toISOString().slice(0, 10), lastCareAt, retentionYears });
}

/** Every row of theirs, those that point at others first. */
async function eraseRecord(
  tx: Prisma.TransactionClient,
  { organizationId, id: patientId }: Prisma.PatientModel,
): Promise<ErasedPatient['undelivered']> {
  const ofVisit = { organizationId, visit: { patientId } };
  const undelivered = await tx.attachment.findMany({
    where: { ...ofVisit, contentAddress: null },
    select: { visitId: true, id: true },
  });
  await tx.$executeRaw`SELECT forget_history(${organizationId}::uuid, ${patientId}::uuid)`;
  await tx.qualitySample.deleteMany({ where: ofVisit });
  await tx.chatMessage.deleteMany({ where: ofVisit });
  await tx.attachment.deleteMany({ where: ofVisit });
  await tx.visitParticipant.deleteMany({ where: ofVisit });
  await tx.visit.deleteMany({ where: { organizationId, patientId } });
  await tx.appointment.deleteMany({ where: { organizationId, patientId } });
  await tx.relatedPerson.deleteMany({ where: { organizationId, patientId } });
  await tx.patient.deleteMany({ where: { organizationId, id: patientId } });
  return undelivered;
}
