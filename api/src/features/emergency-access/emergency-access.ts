import {
  EMERGENCY_ACCESS_HOURS,
  type EmergencyAccessCategory,
  type EmergencyAccessId,
  type PatientId,
  type PractitionerId,
  type UserId,
} from '@careconnect/contracts';

export const EMERGENCY_ACCESS_MS = EMERGENCY_ACCESS_HOURS * 3_600_000;

/** What a doctor has stated, with when it ends. */
export interface NewEmergencyAccess {
  readonly practitionerId: PractitionerId;
  readonly patientId: PatientId;
  readonly category: EmergencyAccessCategory;
  readonly reason: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

export interface EmergencyReview {
  readonly at: Date;
  readonly by: { readonly userId: UserId; readonly name: string };
  readonly note: string;
}

export interface StoredEmergencyAccess extends NewEmergencyAccess {
  readonly id: EmergencyAccessId;
  readonly doctor: { readonly userId: UserId; readonly name: string };
  readonly patient: { readonly id: PatientId; readonly name: string };
  readonly review: EmergencyReview | null;
}

/** Whom to tell that a chart was opened. */
export interface ChartOwner {
  readonly name: string;
  /** Of their account, else what the desk has noted; null where neither is known. */
  readonly email: string | null;
  /** They can read in the portal who it was and why. */
  readonly hasAccount: boolean;
  readonly organizationName: string;
}
