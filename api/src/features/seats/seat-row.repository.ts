import type { Role, SeatId, SeatRole, UserId } from '@careconnect/contracts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { prepared } from '../../core/prepared.ts';
import { toStoredVisit, type VisitRow } from '../visits/visit-row.repository.ts';
import type { StoredSeat } from './stored-seat.ts';

interface SeatRow extends Omit<VisitRow, 'patient' | 'practitioner'> {
  readonly seatId: SeatId;
  readonly seatRole: SeatRole;
  readonly displayName: string;
  readonly userId: UserId;
  readonly role: Role;
  readonly patientId: string;
  readonly patientUserId: string | null;
  readonly patientName: string;
  /** `YYYY-MM-DD`: what a driver makes of a date depends on where the process runs. */
  readonly birthDate: string;
  readonly practitionerId: string;
  readonly practitionerUserId: string;
  readonly practitionerName: string;
  readonly specialty: string;
}

/**
 * A seat whose person is an active member and the doctor, the patient or somebody who acts for them, with its visit:
 * organization, visit, seat. Nobody is sent out of a visit that runs past midnight because its patient comes of age. When a hundred people come at
 * once, each of them waits for it; over such reads Prisma takes three times as long.
 */
export const selectSeat = prepared<SeatRow>(
  'seat.find',
  `SELECT seat.id AS "seatId", seat.seat_role AS "seatRole", seat.display_name AS "displayName",
          seat.user_id AS "userId", member.role,
          visit.id, visit.organization_id AS "organizationId", visit.state, visit.origin,
          visit.appointment_id AS "appointmentId", visit.reason, visit.scheduled_at AS "scheduledAt",
          visit.waiting_since AS "waitingSince", visit.started_at AS "startedAt", visit.ended_at AS "endedAt",
          visit.created_at AS "createdAt", visit.listed_at AS "listedAt", visit.version,
          patient.id AS "patientId", patient.user_id AS "patientUserId", patient.name AS "patientName",
          to_char(patient.birth_date, 'YYYY-MM-DD') AS "birthDate",
          practitioner.id AS "practitionerId", practitioner.user_id AS "practitionerUserId",
          practitioner.name AS "practitionerName", practitioner.specialty
     FROM visit_participant seat
     JOIN membership member ON member.organization_id = seat.organization_id AND member.user_id = seat.user_id
      AND member.status = 'active'
     JOIN visit ON visit.organization_id = seat.organization_id AND visit.id = seat.visit_id
     JOIN patient ON patient.organization_id = visit.organization_id AND patient.id = visit.patient_id
     JOIN practitioner ON practitioner.organization_id = visit.organization_id
      AND practitioner.id = visit.practitioner_id
    WHERE seat.organization_id = $1 AND seat.visit_id = $2 AND seat.id = $3
      AND (seat.seat_role = 'host' OR patient.user_id = seat.user_id OR EXISTS (
        SELECT FROM related_person r
         WHERE r.organization_id = seat.organization_id AND r.user_id = seat.user_id
           AND r.patient_id = patient.id AND r.status = 'active' AND 'visits' = ANY (r.scopes)))`,
);

export function toStoredSeat(row: SeatRow, cipher: FieldCipher): StoredSeat {
  const patient = {
    id: row.patientId,
    userId: row.patientUserId,
    name: row.patientName,
    birthDate: new Date(`${row.birthDate}T00:00:00Z`),
  };
  const practitioner = {
    id: row.practitionerId,
    userId: row.practitionerUserId,
    name: row.practitionerName,
    specialty: row.specialty,
  };
  return {
    id: row.seatId,
    seatRole: row.seatRole,
    name: row.displayName,
    userId: row.userId,
    role: row.role,
    stored: toStoredVisit({ ...row, patient, practitioner }, cipher),
  };
}
