import { randomUUIDv7 } from 'node:crypto';
import type {
  EmergencyAccessId,
  OrganizationId,
  PatientId,
  PractitionerId,
  UserId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import type {
  ChartOwner,
  EmergencyReview,
  NewEmergencyAccess,
  StoredEmergencyAccess,
} from './emergency-access.ts';

export interface EmergencyAccessFilter {
  readonly review: 'open' | 'done' | undefined;
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface EmergencyAccessRepository {
  ownerOf(organizationId: OrganizationId, patientId: PatientId): Promise<ChartOwner | null>;
  /** Null while another of these two is open; of two at the same moment one is stored. */
  open(
    organizationId: OrganizationId,
    access: NewEmergencyAccess,
    audit: (id: EmergencyAccessId) => AuditRow,
  ): Promise<EmergencyAccessId | null>;
  /** Newest first. */
  list(organizationId: OrganizationId, filter: EmergencyAccessFilter): Promise<StoredEmergencyAccess[]>;
  find(organizationId: OrganizationId, id: EmergencyAccessId): Promise<StoredEmergencyAccess | null>;
  /** False when there is a review already. */
  review(
    organizationId: OrganizationId,
    id: EmergencyAccessId,
    review: EmergencyReview,
    audit: AuditRow,
  ): Promise<boolean>;
}

const RELATED = {
  practitioner: { select: { name: true, userId: true } },
  patient: { select: { name: true } },
  review: { include: { reviewer: { select: { user: { select: { name: true } } } } } },
} satisfies Prisma.EmergencyAccessInclude;

type Row = Prisma.EmergencyAccessGetPayload<{ include: typeof RELATED }>;

export interface EmergencyAccessRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createEmergencyAccessRepository({
  database: { prisma },
  cipher,
}: EmergencyAccessRepositoryDeps): EmergencyAccessRepository {
  return {
    async ownerOf(organizationId, id) {
      const row = await prisma.patient.findFirst({
        where: { organizationId, id },
        include: {
          organization: { select: { name: true } },
          membership: { select: { user: { select: { email: true } } } },
        },
      });
      if (!row) return null;
      const own = row.membership?.user.email ?? null;
      return {
        name: row.name,
        email: own ?? cipher.decrypt('patient.email', row, row.email),
        hasAccount: own !== null,
        organizationName: row.organization.name,
      };
    },

    open: (organizationId, access, audit) =>
      inTransaction(prisma, async (tx) => {
        const id = randomUUIDv7() as EmergencyAccessId;
        const reason = cipher.encrypt('emergency_access.reason', { organizationId, id }, access.reason);
        // What is skipped is one that overlaps another, too.
        const { count } = await tx.emergencyAccess.createMany({
          data: { ...access, id, organizationId, reason },
          skipDuplicates: true,
        });
        if (count === 0) return null;
        await appendAudit(tx, audit(id));
        return id;
      }),

    async list(organizationId, { review, limit, after }) {
      const rows = await prisma.emergencyAccess.findMany({
        where: {
          organizationId,
          ...(review === 'open' && { review: { is: null } }),
          ...(review === 'done' && { review: { isNot: null } }),
          ...(after && {
            OR: [{ openedAt: { lt: after.at } }, { openedAt: after.at, id: { lt: after.id } }],
          }),
        },
        include: RELATED,
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => toStored(row, cipher));
    },

    async find(organizationId, id) {
      const row = await prisma.emergencyAccess.findFirst({ where: { organizationId, id }, include: RELATED });
      return row && toStored(row, cipher);
    },

    review: (organizationId, emergencyAccessId, { at, by, note }, audit) =>
      inTransaction(prisma, async (tx) => {
        const sealed = cipher.encrypt(
          'emergency_access_review.note',
          { organizationId, id: emergencyAccessId },
          note,
        );
        const { count } = await tx.emergencyAccessReview.createMany({
          data: { organizationId, emergencyAccessId, reviewerUserId: by.userId, note: sealed, at },
          skipDuplicates: true,
        });
        if (count > 0) await appendAudit(tx, audit);
        return count > 0;
      }),
  };
}

function toStored(row: Row, cipher: FieldCipher): StoredEmergencyAccess {
  const { organizationId, practitioner, patient, review, category, openedAt, expiresAt } = row;
  const patientId = row.patientId as PatientId;
  return {
    id: row.id as EmergencyAccessId,
    practitionerId: row.practitionerId as PractitionerId,
    patientId,
    category,
    reason: cipher.decrypt('emergency_access.reason', row, row.reason),
    openedAt,
    expiresAt,
    doctor: { userId: practitioner.userId as UserId, name: practitioner.name },
    patient: { id: patientId, name: patient.name },
    review: review && {
      at: review.at,
      by: { userId: review.reviewerUserId as UserId, name: review.reviewer.user.name },
      note: cipher.decrypt('emergency_access_review.note', { organizationId, id: row.id }, review.note),
    },
  };
}
