import {
  BirthDate,
  Email,
  PersonName,
  Phone,
  type CorrectableField,
  type Patient,
  type PatientChanges,
} from '@careconnect/contracts';
import type { RegistrationDraft } from '#lib/features/patients/registration.ts';

/** How somebody is reached, as it is typed. */
export type ContactDraft = Pick<RegistrationDraft, 'phone' | 'email'>;

/** What stands in the fields before anybody types. */
export function toDraft({ name, birthDate, gender, phone, email }: Patient): RegistrationDraft {
  return { name, birthDate, gender, phone: phone ?? '', email: email ?? '' };
}

/** Only what was changed, each with what it was; what was emptied is taken away. */
export function changesOf(patient: Patient, draft: Partial<RegistrationDraft>): PatientChanges {
  const typed: Partial<Record<CorrectableField, string | null>> = {
    ...(draft.name !== undefined && { name: draft.name.trim() }),
    ...(draft.birthDate != null && { birthDate: draft.birthDate }),
    ...(draft.gender !== undefined && { gender: draft.gender }),
    ...(draft.phone !== undefined && { phone: draft.phone.trim() || null }),
    ...(draft.email !== undefined && { email: draft.email.trim() || null }),
  };
  const changed = Object.entries(typed).flatMap(([field, to]) => {
    const from = patient[field as CorrectableField];
    return from === to ? [] : [[field, { from, to }]];
  });
  return Object.fromEntries(changed) as PatientChanges;
}

const RIGHT = {
  name: PersonName,
  birthDate: BirthDate,
  phone: Phone.nullable(),
  email: Email.nullable(),
} as const;

/** The fields that hold something that cannot be. */
export function wrongFields(changes: PatientChanges): (keyof typeof RIGHT)[] {
  return (Object.keys(RIGHT) as (keyof typeof RIGHT)[]).filter((field) => {
    const change = changes[field];
    return change !== undefined && !RIGHT[field].safeParse(change.to).success;
  });
}
