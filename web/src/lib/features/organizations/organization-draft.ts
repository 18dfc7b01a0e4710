import { NewOrganization } from '@careconnect/contracts';
import { emailError } from '#lib/features/auth/email-error.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

export interface AdministratorDraft {
  name: string;
  email: string;
}

/** A new organization as it is typed. */
export interface OrganizationDraft {
  name: string;
  slug: string;
  country: string;
  timeZone: string;
  location: { name: string; address: string };
  administrator: AdministratorDraft;
}

export function emptyDraft(timeZone: string): OrganizationDraft {
  return {
    ...{ name: '', slug: '', country: '', timeZone },
    location: { name: '', address: '' },
    administrator: { name: '', email: '' },
  };
}

export function administratorErrors({ name, email }: AdministratorDraft): FieldErrors {
  return {
    'administrator.name': name.trim() === '' ? m.platform_person_missing() : undefined,
    'administrator.email': emailError(email),
  };
}

/** In the order of the fields. */
export function draftErrors(draft: OrganizationDraft): FieldErrors {
  const { slug, country } = NewOrganization.shape;
  const missing = (value: string, words: () => string) => (value.trim() === '' ? words() : undefined);
  return {
    name: missing(draft.name, m.platform_name_missing),
    slug: slug.safeParse(draft.slug).success ? undefined : m.platform_slug_wrong(),
    country: country.safeParse(draft.country).success ? undefined : m.platform_country_missing(),
    'location.name': missing(draft.location.name, m.platform_location_name_missing),
    'location.address': missing(draft.location.address, m.platform_location_address_missing),
    ...administratorErrors(draft.administrator),
  };
}
