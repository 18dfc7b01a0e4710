import type {
  EmergencyAccessCategory,
  EmergencyAccessId,
  OrganizationId,
  OwnEmergencyAccess,
  PatientId,
  PractitionerId,
} from '@careconnect/contracts';
import { AppError, type Clock } from '@careconnect/platform';
import type { Actor } from './actor.ts';
import type { AuditEntry } from './audit.ts';
import { isInCare } from './care-relation.ts';
import type { Reach } from './reach.ts';

/** By which a doctor reads the chart of somebody who is not in her care, for now. */
export interface EmergencyAccessInForce {
  readonly id: EmergencyAccessId;
  readonly category: EmergencyAccessCategory;
  /** What she has stated. */
  readonly reason: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

/** A doctor of an organization. */
export interface Doctor {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
}

/** Doctors of an organization, whose encounters open charts to somebody. */
export interface Carers {
  readonly organizationId: OrganizationId;
  /** Null for all. */
  readonly practitionerIds: Reach;
}

export interface ChartAccessRepository {
  /** When the latest appointment or visit of one of these with each of these patients is or was that is not cancelled. */
  latestEncounters(carers: Carers, patientIds: readonly PatientId[]): Promise<ReadonlyMap<PatientId, Date>>;
  emergencyInForce(doctor: Doctor, patientId: PatientId, at: Date): Promise<EmergencyAccessInForce | null>;
}

/** What opens charts to doctors, and to staff who are kept to theirs. Of anybody else it knows nothing. */
export interface ChartAccess {
  /** Those of these patients who are in the care of the doctor, or of one whom somebody of the staff works for. */
  inCareOf(actor: Actor, patientIds: readonly PatientId[]): Promise<ReadonlySet<PatientId>>;
  emergencyOf(actor: Actor, patientId: PatientId): Promise<EmergencyAccessInForce | null>;
}

export interface ChartAccessDeps {
  readonly access: ChartAccessRepository;
  readonly clock: Clock;
}

export function createChartAccess({ access, clock }: ChartAccessDeps): ChartAccess {
  return {
    async inCareOf(actor, patientIds) {
      const carers = carersFor(actor);
      if (!carers || patientIds.length === 0) return new Set();
      const latest = await access.latestEncounters(carers, patientIds);
      const now = clock.now();
      return new Set(patientIds.filter((id) => isInCare(latest.get(id) ?? null, now)));
    },

    async emergencyOf(actor, patientId) {
      const doctor = doctorOf(actor);
      return doctor && access.emergencyInForce(doctor, patientId, clock.now());
    },
  };
}

/** Null for those to whom no care relation opens anything: patients, and whoever reads every record anyway. */
function carersFor(actor: Actor): Carers | null {
  const { organizationId, reach, role } = actor;
  const doctor = doctorOf(actor);
  if (doctor) return { organizationId, practitionerIds: [doctor.practitionerId] };
  return role === 'nurse' || reach ? { organizationId, practitionerIds: reach } : null;
}

/** Null for somebody who was a doctor once and is something else now. */
export function doctorOf({ role, organizationId, practitionerId }: Actor): Doctor | null {
  return role === 'doctor' && practitionerId ? { organizationId, practitionerId } : null;
}

export function toOwnEmergencyAccess(emergency: EmergencyAccessInForce): OwnEmergencyAccess {
  const { openedAt, expiresAt, ...stated } = emergency;
  return { ...stated, openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** A code of HL7's ActReason: why somebody saw what they otherwise may not. */
export const BREAK_THE_GLASS = 'BTG';

/** What the trail says of something that was done under emergency access. */
export function emergencyDetail(
  emergency: Pick<EmergencyAccessInForce, 'id'> | null,
): NonNullable<AuditEntry['detail']> {
  return emergency ? { purposeOfUse: BREAK_THE_GLASS, emergencyAccessId: emergency.id } : {};
}

export const chartErrors = {
  careRelationNeeded: () =>
    new AppError(
      'CARE_RELATION_NEEDED',
      'This is closed to you, because it is about a patient whom you do not look after here. If they need you now, open their chart with a reason.',
    ),
  outsideYourDepartments: () =>
    new AppError(
      'FORBIDDEN',
      'This is closed to you, because this patient has no appointment or visit in your departments. Once they have one, it opens.',
    ),
};
