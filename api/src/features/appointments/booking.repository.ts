import { randomUUIDv7 } from 'node:crypto';
import type { AppointmentId, PatientId, PractitionerId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { detailOf, subjectOf } from '../../core/audit.ts';
import { auditOf, insertAudit } from '../../core/audit-sql.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { prepared } from '../../core/prepared.ts';

export interface NewBooking {
  readonly actor: Actor;
  readonly practitionerId: PractitionerId;
  readonly patientId: PatientId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly requestId: string;
  readonly at: Date;
}

/** What stands in the way of a booking. */
export type BookingObstacle = 'practitionerBusy' | 'patientBusy' | 'patientUnknown';

export interface BookingRepository {
  /**
   * Books, with the visit, its history and the audit row, in one statement that holds no lock across a round
   * trip. Null when a constraint stood in the way: the slot, the patient's time or the key is taken.
   */
  book(booking: NewBooking): Promise<AppointmentId | null>;
  /** Why a booking did not go through, or null when nothing is in its way any more. */
  findObstacle(booking: NewBooking): Promise<BookingObstacle | null>;
}

const AUDIT = insertAudit(
  {
    ...auditOf('appointment.create', 'appointment'),
    organizationId: '$1',
    actorUserId: '$9',
    actorRole: '$12',
    entityId: 'id',
    patientId: 'patient_id',
    requestId: '$13',
    at: '$11',
    detail: '$16::jsonb',
  },
  'booked',
);

/**
 * ON CONFLICT DO NOTHING covers the exclusion constraints and the key alike. It inserts speculatively, so that
 * two bookings that race never deadlock on each other, as plain inserts under an exclusion constraint may.
 */
const insertBooking = prepared<{ id: AppointmentId }>(
  'booking.insert',
  `WITH booked AS (
     INSERT INTO appointment (organization_id, practitioner_id, patient_id, starts_at, ends_at, reason,
                              idempotency_key, created_by_user_id, created_at, updated_at, id)
     SELECT $1, $2, id, $4, $5, $6, $8, $9, $11, $11, $14 FROM patient WHERE organization_id = $1 AND id = $3
     ON CONFLICT DO NOTHING
     RETURNING id, patient_id
   ), opened AS (
     INSERT INTO visit (organization_id, appointment_id, practitioner_id, patient_id, state, origin, reason,
                        scheduled_at, created_at, updated_at, id)
     SELECT $1, id, $2, patient_id, 'scheduled', 'appointment', $7, $4, $11, $11, $15 FROM booked
     RETURNING id
   ), recorded AS (
     INSERT INTO visit_event (organization_id, visit_id, type, actor_user_id, actor_name, at)
     SELECT $1, id, 'scheduled', $9, $10, $11 FROM opened
   ), audited AS (
     ${AUDIT}
   )
   SELECT id FROM booked`,
);

const selectObstacle = prepared<{ hasPatient: boolean; isPractitionerBusy: boolean; isPatientBusy: boolean }>(
  'booking.obstacle',
  `SELECT EXISTS (SELECT FROM patient WHERE organization_id = $1 AND id = $3) AS "hasPatient",
          EXISTS (SELECT FROM appointment WHERE organization_id = $1 AND practitioner_id = $2
                     AND status NOT IN ('cancelled', 'noshow') AND tstzrange(starts_at, ends_at) && tstzrange($4, $5)) AS "isPractitionerBusy",
          EXISTS (SELECT FROM appointment WHERE organization_id = $1 AND patient_id = $3
                     AND status NOT IN ('cancelled', 'noshow') AND tstzrange(starts_at, ends_at) && tstzrange($4, $5)) AS "isPatientBusy"`,
);

export interface BookingRepositoryDeps {
  readonly database: Pick<Database, 'pool'>;
  readonly cipher: FieldCipher;
}

export function createBookingRepository({
  database: { pool },
  cipher,
}: BookingRepositoryDeps): BookingRepository {
  return {
    async book({
      actor,
      practitionerId,
      patientId,
      startsAt,
      endsAt,
      reason,
      idempotencyKey,
      requestId,
      at,
    }) {
      const { organizationId, userId, name, role } = actor;
      const [appointmentId, visitId] = [randomUUIDv7(), randomUUIDv7()];
      const [booked] = await insertBooking(pool, [
        organizationId,
        practitionerId,
        patientId,
        startsAt,
        endsAt,
        cipher.encrypt('appointment.reason', { organizationId, id: appointmentId }, reason),
        cipher.encrypt('visit.reason', { organizationId, id: visitId }, reason),
        idempotencyKey,
        userId,
        name,
        at,
        role,
        requestId,
        appointmentId,
        visitId,
        detailOf({ subject: subjectOf(actor) }),
      ]);
      return booked?.id ?? null;
    },

    async findObstacle({ actor, practitionerId, patientId, startsAt, endsAt }) {
      const values = [actor.organizationId, practitionerId, patientId, startsAt, endsAt];
      const [found] = await selectObstacle(pool, values);
      if (!found?.hasPatient) return 'patientUnknown';
      if (found.isPractitionerBusy) return 'practitionerBusy';
      return found.isPatientBusy ? 'patientBusy' : null;
    },
  };
}
