import type { ErasureId, ErasureState, OrganizationId, PatientId } from '@careconnect/contracts';
import { OF_AGE_YEARS, yearsAfter } from '../../core/coming-of-age.ts';

/** A patient's request to be erased. */
export interface StoredErasure {
  readonly id: ErasureId;
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  readonly state: ErasureState;
  readonly requestedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

export interface ListedErasure extends StoredErasure {
  /** Null once they are erased. */
  readonly patientName: string | null;
  /** `YYYY-MM-DD` */
  readonly heldUntil: string | null;
}

export interface LegalHold {
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** The last that was done for them. */
  readonly lastCareAt: Date;
  readonly retentionYears: number;
}

/**
 * The last day on which a medical record must be kept: so many years after the last care, and of somebody who was a
 * child then, so many after they came of age. The shape, and ten years as the default, are those of Ontario
 * (O. Reg. 114/94, s. 19, known at second hand only). GDPR Art. 17(3)(b) and (c) leaves it to each country; HIPAA to each
 * state, and asks for six years of documentation (45 CFR 164.316(b)(2)(i)).
 */
export function heldUntil({ birthDate, lastCareAt, retentionYears }: LegalHold): string {
  const afterCare = yearsAfter(lastCareAt, retentionYears);
  const afterChildhood = yearsAfter(new Date(birthDate), OF_AGE_YEARS + retentionYears);
  return afterCare > afterChildhood ? afterCare : afterChildhood;
}
