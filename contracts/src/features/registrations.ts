import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { Email, NoBody, NoContent, NoParams, NoQuery, Slug } from '../core/values.ts';
import { LinkToken } from './auth.ts';
import { ConsentKind, ConsentText, ReadConsent } from './consents.ts';
import { AdministrativeGender, BirthDate, PersonName, Phone } from './patients.ts';

/** Where people may make an account by themselves. */
export const OpenClinic = z.object({ slug: Slug, name: z.string() });
export type OpenClinic = z.infer<typeof OpenClinic>;

/** What a page must know of a link before it asks for anything. */
export const RegistrationLink = z.object({
  email: z.string(),
  clinicName: z.string(),
  /** They have an account already, with another clinic: its password is theirs here too. */
  hasAccount: z.boolean(),
  /** What the clinic asks its patients to agree to. */
  consents: z.array(ConsentText),
});
export type RegistrationLink = z.infer<typeof RegistrationLink>;

const open = { access: { kind: 'public' }, params: NoParams, query: NoQuery } as const;

export const registrationEndpoints = {
  clinics: defineEndpoint({
    ...open,
    method: 'GET',
    path: '/api/v1/registrations/clinics',
    summary: 'Clinics at which people may make an account by themselves',
    body: NoBody,
    response: z.object({ clinics: z.array(OpenClinic) }),
    status: 200,
    errors: [],
    limit: 'publicRead',
  }),
  request: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/registrations',
    summary: 'Ask for a link with which to make an account',
    description:
      'Answers the same whether the address is known or not; the mail says which. An address gets at most three links an hour.',
    body: z.strictObject({ clinic: Slug, email: Email }),
    response: NoContent,
    status: 204,
    errors: [],
    limit: 'registration',
  }),
  check: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/registrations/check',
    summary: 'Ask whether the link from the e-mail still works, and whom it is for',
    body: z.strictObject({ token: LinkToken }),
    response: RegistrationLink,
    status: 200,
    errors: ['LINK_INVALID'],
    limit: 'registration',
  }),
  complete: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/registrations/complete',
    summary: 'Make the account, as a patient of the clinic',
    description:
      'Only now is a password chosen, by whoever reads the mail of the address. Somebody with an account proves it by their password.',
    body: z.strictObject({
      token: LinkToken,
      name: PersonName,
      birthDate: BirthDate,
      gender: AdministrativeGender.default('unknown'),
      phone: Phone.optional(),
      // Of an account that is there already, an older one may be shorter.
      password: z.string().min(1).max(1024),
      /** Every text that the clinic asks to agree to, in its newest version. */
      consents: z.array(ReadConsent).max(ConsentKind.options.length).default([]),
    }),
    response: NoContent,
    status: 204,
    errors: ['LINK_INVALID', 'PASSWORD_TOO_WEAK', 'INVALID_CREDENTIALS', 'CONFLICT', 'CONSENT_OUTDATED'],
    limit: 'registration',
  }),
} as const;
