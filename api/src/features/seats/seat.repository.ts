import type { PatientId, SeatId, SeatRole, UserId, VisitId, VisitState } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { SeatKey, VisitKey } from '@careconnect/contracts/internal';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { prepared } from '../../core/prepared.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { selectSeat, toStoredSeat } from './seat-row.repository.ts';
import type { StoredSeat } from './stored-seat.ts';

export interface NewSeat {
  readonly stored: StoredVisit;
  readonly userId: UserId;
  readonly seatRole: SeatRole;
  readonly name: string;
  readonly at: Date;
  /** From `at` until then the seat is theirs, whether they connect or not. */
  readonly heldUntil: Date;
  /** How many people may have a seat at a time. */
  readonly limit: number;
  readonly audit: (seatId: SeatId) => AuditRow;
}

/** Beside the patient, or whoever came for them first, others of their side are guests. */
export interface TakenSeat {
  readonly id: SeatId;
  readonly seatRole: SeatRole;
}

export interface VisitStanding {
  readonly visitId: VisitId;
  readonly state: VisitState;
}

export interface SeatRepository {
  /** Null for a seat whose person is no longer an active member, too. */
  find(key: SeatKey): Promise<StoredSeat | null>;
  /** The person's seat in the visit, the one they have or a new one, unless others have all of them. */
  take(seat: NewSeat): Promise<TakenSeat | 'full'>;
  /** Whose a visit is. */
  patientOf(visit: VisitKey): Promise<PatientId | null>;
  /** Where these visits stand; one that does not exist is left out. */
  statesOf(visits: readonly VisitKey[]): Promise<VisitStanding[]>;
}

const selectStates = prepared<VisitStanding>(
  'visit.states',
  `SELECT v.id AS "visitId", v.state
     FROM unnest($1::uuid[], $2::uuid[]) AS asked (organization_id, id)
     JOIN visit v ON v.organization_id = asked.organization_id AND v.id = asked.id`,
);

export interface SeatRepositoryDeps {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly cipher: FieldCipher;
}

export function createSeatRepository({
  database: { prisma, pool },
  cipher,
}: SeatRepositoryDeps): SeatRepository {
  return {
    async find({ organizationId, visitId, seatId }) {
      const [row] = await selectSeat(pool, [organizationId, visitId, seatId]);
      return row ? toStoredSeat(row, cipher) : null;
    },

    take: (seat) =>
      inTransaction(prisma, async (tx) => {
        if ((await countOthers(tx, seat)) >= seat.limit) return 'full';
        const taken = await holdSeat(tx, seat);
        await appendAudit(tx, seat.audit(taken.id));
        return taken;
      }),

    async patientOf({ organizationId, visitId }) {
      const where = { organizationId, id: visitId };
      const row = await prisma.visit.findFirst({ where, select: { patientId: true } });
      return row && (row.patientId as PatientId);
    },

    statesOf: (visits) =>
      selectStates(pool, [
        visits.map(({ organizationId }) => organizationId),
        visits.map(({ visitId }) => visitId),
      ]),
  };
}

/**
 * How many others are in the visit or on their way into it. The visit stays locked until the seat is stored, so
 * that no two people take the last one.
 */
async function countOthers(
  tx: Prisma.TransactionClient,
  { stored: { organizationId, visit }, userId, at }: NewSeat,
): Promise<number> {
  await tx.$queryRaw`
    SELECT FROM visit WHERE organization_id = ${organizationId}::uuid AND id = ${visit.id}::uuid
       FOR NO KEY UPDATE`;
  const isTaken = [{ isPresent: true }, { heldUntil: { gt: at } }];
  return tx.visitParticipant.count({
    where: { organizationId, visitId: visit.id, userId: { not: userId }, OR: isTaken },
  });
}

async function holdSeat(
  tx: Prisma.TransactionClient,
  { stored: { organizationId, visit }, userId, seatRole, name, heldUntil }: NewSeat,
): Promise<TakenSeat> {
  const [seat] = await tx.$queryRaw<TakenSeat[]>`
    INSERT INTO visit_participant (organization_id, visit_id, user_id, seat_role, display_name, held_until)
    SELECT ${organizationId}::uuid, ${visit.id}::uuid, ${userId}::uuid,
           CASE WHEN ${seatRole} = 'patient' AND EXISTS (
             SELECT FROM visit_participant other
              WHERE other.organization_id = ${organizationId}::uuid AND other.visit_id = ${visit.id}::uuid
                AND other.seat_role = 'patient' AND other.user_id <> ${userId}::uuid
           ) THEN 'guest' ELSE ${seatRole} END::seat_role,
           ${name}, ${heldUntil}::timestamptz
    ON CONFLICT (visit_id, user_id) DO UPDATE SET held_until = excluded.held_until
    RETURNING id, seat_role AS "seatRole"`;
  if (!seat) throw new Error(`the seat of ${userId} in visit ${visit.id} was not stored`);
  return seat;
}
