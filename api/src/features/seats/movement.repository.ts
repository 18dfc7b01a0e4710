import { VISIT_MAX_MOVEMENTS } from '@careconnect/contracts';
import { auditOf, insertAudit } from '../../core/audit-sql.ts';
import { prepared } from '../../core/prepared.ts';
import { FACT_ROWS, IS_SEAT_OF_FACT } from './fact-rows.ts';
import { SIGNALING_ROLE } from './seat-audit.ts';

/**
 * One statement for people who have come into rooms, or have left them, and for what belongs together: the event, unless
 * it is known or the visit has had enough of them, and with it the seat's last arrival and the audit row. Of what is not
 * kept the seat has a count, and the audit trail the first, second, fourth, eighth and so on of each seat: enough to tell
 * of it, and no way to fill the trail. One of these that is told again counts again.
 */
function storeMovements(type: 'joined' | 'left') {
  const { action, entityType } = auditOf(type === 'joined' ? 'visit.join' : 'visit.leave', 'visit');
  const audit = insertAudit(
    {
      organizationId: 'organization_id',
      actorUserId: 'NULL::uuid',
      actorRole: `'${SIGNALING_ROLE}'`,
      action,
      entityType,
      entityId: 'visit_id',
      patientId: 'patient_id',
      requestId: 'request_id',
      at: 'at',
      outcome: `'success'::audit_outcome`,
      detail: `jsonb_strip_nulls(jsonb_build_object('seatId', seat_id, 'unkept', unkept))`,
    },
    'noted',
  );
  return prepared<never>(
    `fact.${type}`,
    `
    WITH movement AS (
      SELECT seat.organization_id, seat.visit_id, seat.id AS seat_id, seat.user_id, seat.display_name, visit.patient_id,
             fact.at, fact."idempotencyKey" AS idempotency_key, fact."requestId" AS request_id,
             fact.place,
             row_number() OVER (PARTITION BY seat.visit_id ORDER BY fact.place)
               + (SELECT count(*) FROM visit_event known
                   WHERE known.organization_id = seat.organization_id AND known.visit_id = seat.visit_id) AS nth
        FROM ${FACT_ROWS}
        JOIN visit_participant seat ON ${IS_SEAT_OF_FACT}
        JOIN visit ON visit.organization_id = seat.organization_id AND visit.id = seat.visit_id
    ), stored AS (
      INSERT INTO visit_event (organization_id, visit_id, type, actor_user_id, actor_name, at, idempotency_key)
      SELECT organization_id, visit_id, '${type}', user_id, display_name, at, idempotency_key FROM movement
       WHERE nth <= ${VISIT_MAX_MOVEMENTS}
       ORDER BY place
      ON CONFLICT (idempotency_key) DO NOTHING
      RETURNING idempotency_key
    ), seated AS (
      UPDATE visit_participant seat SET joined_at = movement.at
        FROM movement JOIN stored USING (idempotency_key)
       WHERE ${type === 'joined'} AND seat.organization_id = movement.organization_id AND seat.id = movement.seat_id
    ), counted AS (
      UPDATE visit_participant seat SET unkept_movements = seat.unkept_movements + 1
        FROM movement
       WHERE nth > ${VISIT_MAX_MOVEMENTS} AND seat.organization_id = movement.organization_id AND seat.id = movement.seat_id
         AND NOT EXISTS (SELECT FROM visit_event known WHERE known.idempotency_key = movement.idempotency_key)
      RETURNING movement.idempotency_key, seat.unkept_movements AS unkept
    ), noted AS (
      SELECT movement.*, NULL::int AS unkept FROM movement JOIN stored USING (idempotency_key)
      UNION ALL
      SELECT movement.*, unkept FROM movement JOIN counted USING (idempotency_key) WHERE unkept & (unkept - 1) = 0
    )
    ${audit}`,
  );
}

/** Each is stored once, however often it is told, and changes nothing that a queue shows. */
export const storeJoined = storeMovements('joined');
export const storeLeft = storeMovements('left');
