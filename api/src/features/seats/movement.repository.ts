import { VISIT_MAX_MOVEMENTS, type OrganizationId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import { auditOf, insertAudit } from '../../core/audit-sql.ts';
import { subjectOfSignaling } from './seat-audit.ts';

/** Somebody has come into the room of a visit, or has left it. */
export interface Movement {
  readonly type: 'joined' | 'left';
  readonly organizationId: string;
  readonly visitId: string;
  readonly seatId: string;
  readonly userId: string;
  readonly name: string;
  readonly patientId: string;
  readonly at: Date;
  readonly idempotencyKey: string;
  readonly requestId: string;
}

/**
 * One statement for what belongs together: the event, unless it is known or the visit has had enough of them, and with
 * it the seat's last arrival and the audit row.
 */
function storeStatement(type: Movement['type']): string {
  const { action, entityType } = auditOf(type === 'joined' ? 'visit.join' : 'visit.leave', 'visit');
  const audit = insertAudit(
    {
      organizationId: 'organization_id',
      actorUserId: 'NULL::uuid',
      actorRole: 'actor_role',
      action,
      entityType,
      entityId: 'visit_id',
      patientId: 'patient_id',
      requestId: 'request_id',
      at: 'at',
      outcome: `'success'::audit_outcome`,
      detail: `jsonb_build_object('seatId', seat_id)`,
    },
    'movement, stored',
  );
  return `
    WITH movement AS (
      SELECT $1::uuid AS organization_id, $2::uuid AS visit_id, $3::uuid AS seat_id, $4::uuid AS user_id,
             $5::text AS name, $6::uuid AS patient_id, $7::timestamptz AS at, $8::uuid AS idempotency_key,
             $9::text AS request_id, $10::text AS actor_role
    ), stored AS (
      INSERT INTO visit_event (organization_id, visit_id, type, actor_user_id, actor_name, at, idempotency_key)
      SELECT organization_id, visit_id, '${type}', user_id, name, at, idempotency_key FROM movement
       WHERE (SELECT count(*) FROM visit_event known
               WHERE known.organization_id = movement.organization_id AND known.visit_id = movement.visit_id)
             < ${VISIT_MAX_MOVEMENTS}
      ON CONFLICT (idempotency_key) DO NOTHING
      RETURNING id AS event_id
    ), seated AS (
      UPDATE visit_participant seat SET joined_at = movement.at FROM movement, stored
       WHERE ${type === 'joined'} AND seat.organization_id = movement.organization_id AND seat.id = movement.seat_id
    )
    ${audit}`;
}

const STATEMENTS = { joined: storeStatement('joined'), left: storeStatement('left') } as const;

/** Stores it once, however often it is told. */
export async function storeMovement(tx: Prisma.TransactionClient, movement: Movement): Promise<void> {
  const subject = subjectOfSignaling(movement.organizationId as OrganizationId);
  await tx.$executeRawUnsafe(
    STATEMENTS[movement.type],
    movement.organizationId,
    movement.visitId,
    movement.seatId,
    movement.userId,
    movement.name,
    movement.patientId,
    movement.at,
    movement.idempotencyKey,
    movement.requestId,
    subject.role,
  );
}
