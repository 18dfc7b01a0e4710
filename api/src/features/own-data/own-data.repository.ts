import type { Prisma } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import type {
  DataOwner,
  OwnAccount,
  OwnAppointment,
  OwnConsent,
  OwnCorrection,
  OwnEmergencyAccess,
  OwnErasure,
  OwnRelatedPerson,
  OwnSignIn,
  OwnVisit,
} from './own-data.ts';

export interface OwnDataRepository {
  account(owner: DataOwner): Promise<OwnAccount>;
  appointments(owner: DataOwner): Promise<OwnAppointment[]>;
  /** In the order in which they were made, as they are read. */
  visits(owner: DataOwner): AsyncIterable<OwnVisit>;
  consents(owner: DataOwner): Promise<OwnConsent[]>;
  erasures(owner: DataOwner): Promise<OwnErasure[]>;
  emergencyAccesses(owner: DataOwner): Promise<OwnEmergencyAccess[]>;
  corrections(owner: DataOwner): Promise<OwnCorrection[]>;
  /** Who acts for them, and for whom they act. */
  relatedPersons(owner: DataOwner): Promise<OwnRelatedPerson[]>;
}

const DOCTOR = { select: { id: true, name: true, specialty: true } };
const VISITS_AT_ONCE = 20;

export interface OwnDataRepositoryDeps {
  /** Or a transaction that reads before it changes. */
  readonly database: { readonly prisma: Prisma.TransactionClient };
  readonly cipher: FieldCipher;
}

export function createOwnDataRepository({
  database: { prisma },
  cipher,
}: OwnDataRepositoryDeps): OwnDataRepository {
  async function* visits({ organizationId, patientId, userId }: DataOwner): AsyncGenerator<OwnVisit> {
    for (let after: string | undefined; ;) {
      const rows = await prisma.visit.findMany({
        where: { organizationId, patientId, ...(after && { id: { gt: after } }) },
        include: { practitioner: DOCTOR },
        orderBy: { id: 'asc' },
        take: VISITS_AT_ONCE,
      });
      for (const row of rows) yield await readVisit(prisma, cipher, row, userId);
      after = rows.at(-1)?.id;
      if (after === undefined || rows.length < VISITS_AT_ONCE) return;
    }
  }

  return {
    visits,
    account: (owner) => readAccount(prisma, cipher, owner),

    async appointments({ organizationId, patientId }) {
      const rows = await prisma.appointment.findMany({
        where: { organizationId, patientId },
        include: { practitioner: DOCTOR },
        orderBy: { id: 'asc' },
      });
      return rows.map((row) => ({
        ...row,
        reason: cipher.decrypt('appointment.reason', row, row.reason),
      }));
    },

    consents: ({ organizationId, patientId }) =>
      prisma.consent.findMany({
        where: { organizationId, patientId },
        include: { text: true },
        orderBy: { id: 'asc' },
      }),

    relatedPersons: ({ organizationId, patientId, userId }) =>
      prisma.relatedPerson.findMany({
        where: { organizationId, OR: [{ patientId }, ...(userId === null ? [] : [{ userId }])] },
        include: {
          patient: { select: { name: true } },
          membership: { select: { user: { select: { name: true } } } },
        },
        orderBy: { id: 'asc' },
      }),

    async erasures({ organizationId, patientId }) {
      const rows = await prisma.erasureRequest.findMany({ where: { organizationId, patientId } });
      return rows.map((row) => ({
        ...row,
        reason: cipher.decrypt('erasure_request.reason', row, row.reason),
      }));
    },

    async corrections({ organizationId, patientId }) {
      const where = { organizationId, patientId };
      const rows = await prisma.patientCorrection.findMany({ where, orderBy: { id: 'asc' } });
      return rows.map((row) => ({
        ...row,
        changes: cipher.decrypt('patient_correction.changes', row, row.changes),
      }));
    },

    async emergencyAccesses({ organizationId, patientId }) {
      const rows = await prisma.emergencyAccess.findMany({
        where: { organizationId, patientId },
        include: { practitioner: DOCTOR, review: true },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ review, ...row }) => ({
        ...row,
        reason: cipher.decrypt('emergency_access.reason', row, row.reason),
        review: review && {
          at: review.at,
          note: cipher.decrypt('emergency_access_review.note', row, review.note),
        },
      }));
    },
  };
}

/** Of others in the visit what the patient saw there: their names, and what was written. */
async function readVisit(
  prisma: Prisma.TransactionClient,
  cipher: FieldCipher,
  visit: Prisma.VisitModel & Pick<OwnVisit, 'practitioner'>,
  userId: string | null,
): Promise<OwnVisit> {
  const { organizationId, id: visitId } = visit;
  const where = { organizationId, visitId };
  // One after the other: a transaction has one connection.
  const seats = await prisma.visitParticipant.findMany({ where });
  const events = await prisma.visitEvent.findMany({ where, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const attachments = await prisma.attachment.findMany({ where, orderBy: { createdAt: 'asc' } });
  const messages = await prisma.chatMessage.findMany({ where, orderBy: { sequence: 'asc' } });
  // Of who has no account, those of whoever was there for them.
  const seat = userId === null ? { seatRole: { not: 'host' as const } } : { userId };
  const samples = await prisma.qualitySample.findMany({
    where: { ...where, seat },
    orderBy: { at: 'asc' },
  });
  return {
    ...{ ...visit, seats, events, attachments, samples },
    reason: cipher.decrypt('visit.reason', visit, visit.reason),
    messages: messages.map((message) => ({
      ...message,
      body: cipher.decrypt('chat_message.body', message, message.body),
    })),
  };
}

async function readAccount(
  prisma: Prisma.TransactionClient,
  cipher: FieldCipher,
  { organizationId, patientId, userId }: DataOwner,
): Promise<OwnAccount> {
  // One after the other: a transaction has one connection.
  const organization = await prisma.organization.findFirstOrThrow({ where: { id: organizationId } });
  const row = await prisma.patient.findFirstOrThrow({ where: { organizationId, id: patientId } });
  const patient = {
    ...row,
    phone: cipher.decrypt('patient.phone', row, row.phone),
    email: cipher.decrypt('patient.email', row, row.email),
    allergiesNote: cipher.decrypt('patient.allergies_note', row, row.allergiesNote),
  };
  const signIn = userId === null ? null : await readSignIn(prisma, cipher, { organizationId, userId });
  return { organization, patient, signIn };
}

async function readSignIn(
  prisma: Prisma.TransactionClient,
  cipher: FieldCipher,
  where: { readonly organizationId: string; readonly userId: string },
): Promise<OwnSignIn> {
  const { userId } = where;
  const account = await prisma.user.findFirstOrThrow({ where: { id: userId } });
  const membership = await prisma.membership.findFirstOrThrow({ where });
  const sessions = await prisma.session.findMany({ where, orderBy: { createdAt: 'asc' } });
  const passkeys = await prisma.passkey.findMany({ where: { userId } });
  const authenticatorApps = await prisma.totpCredential.findMany({ where: { userId } });
  const sentCodes = await prisma.codeFactor.findMany({ where: { userId } });
  const recoveryCodes = await prisma.recoveryCode.findMany({ where: { userId } });
  const ssoIdentities = await prisma.ssoIdentity.findMany({ where });
  const owner = { organizationId: userId, id: userId };
  const user = { ...account, phone: cipher.decrypt('user_account.phone', owner, account.phone) };
  const factors = { passkeys, authenticatorApps, sentCodes, recoveryCodes, ssoIdentities };
  return { user, membership, sessions, ...factors };
}
