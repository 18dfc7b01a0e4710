import type {
  OrganizationId,
  PatientId,
  Role,
  SeatId,
  SeatRole,
  UserId,
  VisitId,
  VisitState,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { toStoredVisit, VISIT } from '../visits/visit-row.repository.ts';

/** One person's place in one visit. */
export interface StoredSeat {
  readonly id: SeatId;
  readonly seatRole: SeatRole;
  readonly name: string;
  readonly userId: UserId;
  /** What its person is in the organization. */
  readonly role: Role;
  readonly stored: StoredVisit;
}

export interface NewSeat {
  readonly stored: StoredVisit;
  readonly userId: UserId;
  readonly seatRole: SeatRole;
  readonly name: string;
  readonly audit: (seatId: SeatId) => AuditRow;
}

export interface VisitStanding {
  readonly visitId: VisitId;
  readonly state: VisitState;
}

export interface SeatRepository {
  /** Null for a seat whose person is no longer an active member, too. */
  find(visitId: VisitId, seatId: SeatId): Promise<StoredSeat | null>;
  /** The person's seat in the visit: the one they have, or a new one. */
  take(seat: NewSeat): Promise<SeatId>;
  /** Whose a visit is, for questions that name nothing but the visit. */
  ownerOf(visitId: VisitId): Promise<{ organizationId: OrganizationId; patientId: PatientId } | null>;
  /** Where these visits stand; one that does not exist is left out. */
  statesOf(visitIds: readonly VisitId[]): Promise<VisitStanding[]>;
  /** How many other people are in the visit right now. */
  countOthersPresent(visitId: VisitId, userId: UserId): Promise<number>;
}

export interface SeatRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createSeatRepository({ database: { prisma }, cipher }: SeatRepositoryDeps): SeatRepository {
  return {
    async find(visitId, seatId) {
      const row = await prisma.visitParticipant.findUnique({
        where: { visitId_id: { visitId, id: seatId }, membership: { status: 'active' } },
        include: { visit: { select: VISIT }, membership: { select: { role: true } } },
      });
      return (
        row && {
          id: row.id as SeatId,
          seatRole: row.seatRole,
          name: row.displayName,
          userId: row.userId as UserId,
          role: row.membership.role,
          stored: toStoredVisit(row.visit, cipher),
        }
      );
    },

    take: ({ stored: { organizationId, visit }, userId, seatRole, name, audit }) =>
      inTransaction(prisma, async (tx) => {
        // Two tabs may ask at once: the second finds the seat of the first.
        await tx.visitParticipant.createMany({
          data: { organizationId, visitId: visit.id, userId, seatRole, displayName: name },
          skipDuplicates: true,
        });
        const { id } = await tx.visitParticipant.findUniqueOrThrow({
          where: { visitId_userId: { visitId: visit.id, userId } },
          select: { id: true },
        });
        await appendAudit(tx, audit(id as SeatId));
        return id as SeatId;
      }),

    async ownerOf(visitId) {
      const row = await prisma.visit.findUnique({
        where: { id: visitId },
        select: { organizationId: true, patientId: true },
      });
      return (
        row && {
          organizationId: row.organizationId as OrganizationId,
          patientId: row.patientId as PatientId,
        }
      );
    },

    async statesOf(visitIds) {
      const rows = await prisma.visit.findMany({
        where: { id: { in: [...visitIds] } },
        select: { id: true, state: true },
      });
      return rows.map(({ id, state }) => ({ visitId: id as VisitId, state }));
    },

    countOthersPresent: (visitId, userId) =>
      prisma.visitParticipant.count({ where: { visitId, isPresent: true, userId: { not: userId } } }),
  };
}
