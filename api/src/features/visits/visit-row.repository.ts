import type {
  AppointmentId,
  OrganizationId,
  PatientId,
  PractitionerId,
  UserId,
  VisitId,
} from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import type { StoredVisit } from './stored-visit.ts';

/** What every query of a visit reads. */
export const VISIT = {
  id: true,
  organizationId: true,
  state: true,
  origin: true,
  appointmentId: true,
  reason: true,
  scheduledAt: true,
  waitingSince: true,
  startedAt: true,
  endedAt: true,
  createdAt: true,
  listedAt: true,
  version: true,
  patient: { select: { id: true, userId: true, name: true, birthDate: true } },
  practitioner: { select: { id: true, userId: true, name: true, specialty: true } },
} satisfies Prisma.VisitSelect;

export type VisitRow = Prisma.VisitGetPayload<{ select: typeof VISIT }>;

export function toStoredVisit(row: VisitRow, cipher: FieldCipher): StoredVisit {
  const { organizationId, patient, practitioner, scheduledAt, waitingSince, startedAt, endedAt } = row;
  return {
    organizationId: organizationId as OrganizationId,
    practitionerUserId: practitioner.userId as UserId,
    patientUserId: patient.userId as UserId | null,
    version: row.version,
    visit: {
      id: row.id as VisitId,
      state: row.state,
      origin: row.origin,
      appointmentId: row.appointmentId as AppointmentId | null,
      reason: cipher.decrypt('visit.reason', row, row.reason),
      patient: {
        id: patient.id as PatientId,
        name: patient.name,
        birthDate: patient.birthDate.toISOString().slice(0, 10),
      },
      practitioner: {
        id: practitioner.id as PractitionerId,
        name: practitioner.name,
        specialty: practitioner.specialty,
      },
      scheduledAt: scheduledAt?.toISOString() ?? null,
      waitingSince: waitingSince?.toISOString() ?? null,
      startedAt: startedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    },
  };
}
