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
  /** Parts of the name, birth date or phone number, as they were typed. */
  readonly q: string;
  /** Whether numbers and addresses find whose they are; else they are taken for parts of a name. */
  readonly isByContact: boolean;
  readonly limit: number;
  /** The last patient of the page before: lists are ordered by name, then id. */
  readonly after: PatientId | null;
}
