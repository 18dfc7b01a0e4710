import type { PatientChanges } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';
import { wrongFields } from './correction-draft.ts';

const SENTENCES = {
  name: m.register_name_missing,
  birthDate: m.register_birth_date_wrong,
  phone: m.register_phone_wrong,
  email: m.register_email_wrong,
} as const;

/** One sentence for each field that the contract would refuse. */
export function correctionErrors(changes: PatientChanges): FieldErrors {
  return Object.fromEntries(wrongFields(changes).map((field) => [field, SENTENCES[field]()]));
}
