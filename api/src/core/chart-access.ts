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

export interface ChartAccessRepository {
  /** When the latest appointment or visit of the doctor with each of these patients is or was that is not cancelled. */
  latestEncounters(doctor: Doctor, patientIds: readonly PatientId[]): Promise<ReadonlyMap<PatientId, Date>>;
  emergencyInForce(doctor: Doctor, patientId: PatientId, at: Date): Promise<EmergencyAccessInForce | null>;
}

/** What opens charts to the doctors of an organization. Of anybody else it knows nothing. */
export interface ChartAccess {
  /** Those of these patients who are in their care. */
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
      const doctor = doctorOf(actor);
      if (!doctor || patientIds.length === 0) return new Set();
      const latest = await access.latestEncounters(doctor, patientIds);
      const now = clock.now();
      return new Set(patientIds.filter((id) => isInCare(latest.get(id) ?? null, now)));
    },

    async emergencyOf(actor, patientId) {
      const doctor = doctorOf(actor);
      return doctor && access.emergencyInForce(doctor, patientId, clock.now());
    },
  };
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
};
