import type { Database, Prisma } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import type { DataOwner, OwnAccount, OwnAppointment, OwnConsent, OwnVisit } from './own-data.ts';

export interface OwnDataRepository {
  account(owner: DataOwner): Promise<OwnAccount>;
  appointments(owner: DataOwner): Promise<OwnAppointment[]>;
  /** In the order in which they were made, as they are read. */
  visits(owner: DataOwner): AsyncIterable<OwnVisit>;
  consents(owner: DataOwner): Promise<OwnConsent[]>;
}

const DOCTOR = { select: { id: true, name: true, specialty: true } };
const VISITS_AT_ONCE = 20;

export interface OwnDataRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
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
        include: visitParts(userId),
        orderBy: { id: 'asc' },
        take: VISITS_AT_ONCE,
      });
      yield* rows.map((row) => toOwnVisit(row, cipher));
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
  };
}

/** Of others in the visit what the patient saw there: their names, and what was written. */
function visitParts(userId: string) {
  return {
    practitioner: DOCTOR,
    seats: true,
    events: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    attachments: { orderBy: { createdAt: 'asc' } },
    messages: { orderBy: { sequence: 'asc' } },
    samples: { where: { seat: { userId } }, orderBy: { at: 'asc' } },
  } satisfies Prisma.VisitInclude;
}

type VisitRow = Prisma.VisitGetPayload<{ include: ReturnType<typeof visitParts> }>;

function toOwnVisit(row: VisitRow, cipher: FieldCipher): OwnVisit {
  return {
    ...row,
    reason: cipher.decrypt('visit.reason', row, row.reason),
    messages: row.messages.map((message) => ({
      ...message,
      body: cipher.decrypt('chat_message.body', message, message.body),
    })),
  };
}

async function readAccount(
  prisma: Database['prisma'],
  cipher: FieldCipher,
  { organizationId, patientId, userId }: DataOwner,
): Promise<OwnAccount> {
  const where = { organizationId, userId };
  const [organization, row, user, membership, sessions, passkeys, authenticatorApps, recoveryCodes] =
    await Promise.all([
      prisma.organization.findFirstOrThrow({ where: { id: organizationId } }),
      prisma.patient.findFirstOrThrow({ where: { organizationId, id: patientId } }),
      prisma.user.findFirstOrThrow({ where: { id: userId } }),
      prisma.membership.findFirstOrThrow({ where }),
      prisma.session.findMany({ where, orderBy: { createdAt: 'asc' } }),
      prisma.passkey.findMany({ where: { userId } }),
      prisma.totpCredential.findMany({ where: { userId } }),
      prisma.recoveryCode.findMany({ where: { userId } }),
    ]);
  const patient = {
    ...row,
    phone: cipher.decrypt('patient.phone', row, row.phone),
    email: cipher.decrypt('patient.email', row, row.email),
    allergiesNote: cipher.decrypt('patient.allergies_note', row, row.allergiesNote),
  };
  return { organization, patient, user, membership, sessions, passkeys, authenticatorApps, recoveryCodes };
}
