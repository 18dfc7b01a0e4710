import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { ConsentTextId } from '../core/ids.ts';
import { Instant, Language, line, NoBody, NoParams, NoQuery, text } from '../core/values.ts';

/** What patients are asked for (FHIR Consent.category). Each has versions of its own. */
export const ConsentKind = z.enum(['privacyNotice', 'telehealth']);
export type ConsentKind = z.infer<typeof ConsentKind>;

export const ConsentLanguage = Language;
export type ConsentLanguage = z.infer<typeof ConsentLanguage>;

export const CONSENT_TITLE_MAX_LENGTH = 120;
export const CONSENT_BODY_MAX_LENGTH = 20_000;

const Wording = z.strictObject({
  title: line(CONSENT_TITLE_MAX_LENGTH),
  body: text(CONSENT_BODY_MAX_LENGTH),
});

/** The same text in one language or more; whose language is missing reads another. */
export const ConsentWordings = z
  .strictObject({ en: Wording.optional(), ur: Wording.optional() })
  .refine(({ en, ur }) => en !== undefined || ur !== undefined, 'has no text in any language');
export type ConsentWordings = z.infer<typeof ConsentWordings>;

/** What an organization has published. Nobody changes it any more: another text is another version. */
export const ConsentText = z.object({
  id: ConsentTextId,
  kind: ConsentKind,
  /** 1, 2, 3 … of its kind. */
  version: z.int().positive(),
  publishedAt: Instant,
  wordings: ConsentWordings,
});
export type ConsentText = z.infer<typeof ConsentText>;

/** FHIR Consent.provision.type is `permit` for the first; the second makes Consent.status `inactive`. */
export const ConsentDecision = z.enum(['given', 'withdrawn']);
export type ConsentDecision = z.infer<typeof ConsentDecision>;

/** By which means somebody decided: while making their account, or on their page about privacy. */
export const ConsentMeans = z.enum(['registration', 'ownPage']);
export type ConsentMeans = z.infer<typeof ConsentMeans>;

/** One decision of a patient. It stays as it is; whoever changes their mind decides again. */
export const ConsentRecord = z.object({
  id: z.uuid(),
  /** What it was about, word by word. */
  text: ConsentText,
  decision: ConsentDecision,
  at: Instant,
  means: ConsentMeans,
  /** Whether the patient decided themselves. */
  isByPatient: z.boolean(),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** Where a patient stands with one kind of consent. */
export const OwnConsent = z.object({
  kind: ConsentKind,
  /** The newest version. */
  current: ConsentText,
  /** Newest first. */
  records: z.array(ConsentRecord),
});
export type OwnConsent = z.infer<typeof OwnConsent>;

/** A version that somebody has read. */
export const ReadConsent = z.strictObject({ kind: ConsentKind, version: z.int().positive() });
export type ReadConsent = z.infer<typeof ReadConsent>;

const patients = { kind: 'roles', roles: ['patient'] } as const;
const admins = { kind: 'roles', roles: ['admin'] } as const;
const OwnConsents = z.object({ consents: z.array(OwnConsent) });

export const consentEndpoints = {
  mine: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consents/mine',
    access: patients,
    summary: 'What I am asked to agree to, and what I decided',
    description: 'One for each kind that the organization has published.',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: OwnConsents,
    status: 200,
    errors: ['NOT_FOUND'],
    forDependants: 'decisions',
  }),
  give: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consents/mine/given',
    access: patients,
    summary: 'Agree to the newest version',
    description: 'To agree again to what one has agreed to changes nothing.',
    params: NoParams,
    query: NoQuery,
    body: ReadConsent,
    response: OwnConsents,
    status: 200,
    errors: ['NOT_FOUND', 'CONSENT_OUTDATED'],
    forDependants: 'decisions',
  }),
  withdraw: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consents/mine/withdrawn',
    access: patients,
    summary: 'Take a consent back',
    description: 'Counts from now on. To take back what is not given changes nothing.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ kind: ConsentKind }),
    response: OwnConsents,
    status: 200,
    errors: ['NOT_FOUND'],
    forDependants: 'decisions',
  }),
  texts: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consents/texts',
    access: admins,
    summary: 'Every text that was published, newest first',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ texts: z.array(ConsentText) }),
    status: 200,
    errors: [],
  }),
  publish: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consents/texts',
    access: admins,
    summary: 'Publish a text, as the next version of its kind',
    description:
      'It cannot be changed or taken back. Patients are asked to agree to it; what they agreed to before stays on record.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ kind: ConsentKind, wordings: ConsentWordings }),
    response: ConsentText,
    status: 201,
    errors: [],
    needsConfirmation: true,
  }),
} as const;
