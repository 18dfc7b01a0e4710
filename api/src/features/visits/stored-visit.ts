import type { OrganizationId, UserId, Visit } from '@careconnect/contracts';

/** A visit with what conditional updates and seats need beside what people see. */
export interface StoredVisit {
  readonly visit: Visit;
  readonly organizationId: OrganizationId;
  readonly practitionerUserId: UserId;
  /** Null for a patient without an account. */
  readonly patientUserId: UserId | null;
  /** Rises with every change. */
  readonly version: number;
}
