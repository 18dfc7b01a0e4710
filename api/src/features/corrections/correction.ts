import type { CorrectableField, CorrectionId, PatientChanges, StoredChanges } from '@careconnect/contracts';

/** Who a patient is and how they are reached. */
export type PatientDetails = Readonly<Record<CorrectableField, string | null>>;

export interface StoredCorrection {
  readonly id: CorrectionId;
  readonly at: Date;
  readonly byUserId: string;
  /** Null for somebody who is erased. */
  readonly byName: string | null;
  readonly isByPatient: boolean;
  /** Null where it cannot be read any more. */
  readonly changes: StoredChanges | null;
}

export function fieldsOf(changes: PatientChanges): CorrectableField[] {
  return Object.entries(changes).flatMap(([field, change]) =>
    change === undefined ? [] : [field as CorrectableField],
  );
}

/** The details that are not any more what whoever corrects them saw. */
export function changedMeanwhile(details: PatientDetails, changes: PatientChanges): CorrectableField[] {
  return fieldsOf(changes).filter((field) => changes[field]?.from !== details[field]);
}

/** What the details are after the changes. */
export function corrected(details: PatientDetails, changes: PatientChanges): PatientDetails {
  const after = fieldsOf(changes).map((field) => [field, changes[field]?.to ?? null]);
  return { ...details, ...(Object.fromEntries(after) as Partial<PatientDetails>) };
}
