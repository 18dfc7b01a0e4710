import { type AdministrativeGender, type EndpointContract, patientEndpoints } from '@careconnect/contracts';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

/** What the desk types to register someone. */
export interface RegistrationDraft {
  name: string;
  birthDate: string | null;
  gender: AdministrativeGender;
  phone: string;
  email: string;
}

type Body<E extends EndpointContract> = z.input<E['body']>;

/** The body to send; what was left empty is left out. */
export function toPatientBody(draft: RegistrationDraft): Body<typeof patientEndpoints.create> {
  const phone = draft.phone.trim();
  const email = draft.email.trim();
  return {
    name: draft.name,
    birthDate: draft.birthDate ?? '',
    gender: draft.gender,
    ...(phone === '' ? {} : { phone }),
    ...(email === '' ? {} : { email }),
  };
}

/** One sentence for each field that the contract would refuse. */
export function registrationErrors(draft: RegistrationDraft): FieldErrors {
  const result = patientEndpoints.create.body.safeParse(toPatientBody(draft));
  if (result.success) return {};
  const wrong = new Set(result.error.issues.map(({ path }) => path[0]));
  return {
    name: wrong.has('name') ? m.register_name_missing() : undefined,
    birthDate: wrong.has('birthDate') ? m.register_birth_date_wrong() : undefined,
    phone: wrong.has('phone') ? m.register_phone_wrong() : undefined,
    email: wrong.has('email') ? m.register_email_wrong() : undefined,
  };
}
