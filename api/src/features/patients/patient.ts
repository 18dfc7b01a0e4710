import type { AdministrativeGender, PatientId } from '@careconnect/contracts';

export interface NewPatient {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly gender: AdministrativeGender;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface Patient extends NewPatient {
  readonly id: PatientId;
  readonly allergiesNote: string | null;
  readonly createdAt: Date;
}

export interface PatientSearch {
  /** A part of the name, or a birth date. */
  readonly q: string | undefined;
  readonly limit: number;
  /** The last patient of the page before: lists are ordered by name, then id. */
  readonly after: PatientId | null;
}
