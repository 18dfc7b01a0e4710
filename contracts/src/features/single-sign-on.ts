import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { line, NoBody, NoContent, NoParams, NoQuery, Slug } from '../core/values.ts';
import { SignInAnswer } from './auth.ts';
import { StaffPost } from './people.ts';

/** The most groups that an organization may give a role to. */
export const SSO_GROUPS_MAX = 50;
export const SSO_LINE_MAX_LENGTH = 300;
/** What an identity provider brings back in the address of a page. */
const CALLBACK_MAX_LENGTH = 8_192;

const Line = line(SSO_LINE_MAX_LENGTH);
const named = { group: Line };
const [asDoctor, asOther] = StaffPost.options;

/** What somebody in a group of the identity provider is here. */
export const SsoGroup = z.discriminatedUnion('role', [asDoctor.extend(named), asOther.extend(named)]);
export type SsoGroup = z.infer<typeof SsoGroup>;

/** `members`: only people of the organization, found by their verified address. `anyone`: whoever is in a group. */
export const SsoJoining = z.enum(['members', 'anyone']);
export type SsoJoining = z.infer<typeof SsoJoining>;

/** How an organization's people sign in with its identity provider (OpenID Connect). */
export const SsoConnection = z.strictObject({
  /** As the provider's discovery document names itself. */
  issuer: z.url({ protocol: /^https?$/ }).max(SSO_LINE_MAX_LENGTH),
  clientId: Line,
  /** The claim of the ID token that lists groups: a list of texts, or one text. */
  groupsClaim: Line,
  joining: SsoJoining,
  /** Who is in several groups gets the role of the first in this list. */
  groups: z.array(SsoGroup).min(1).max(SSO_GROUPS_MAX).refine(areDistinct, 'names a group twice'),
});
export type SsoConnection = z.infer<typeof SsoConnection>;

function areDistinct(groups: readonly { readonly group: string }[]): boolean {
  return new Set(groups.map(({ group }) => group)).size === groups.length;
}

/** What its administrators see. The secret is shown to nobody. */
export const SsoSetup = z.object({
  /** Which the provider must know. */
  redirectUri: z.url(),
  /** Where people sign in. */
  signInUrl: z.url(),
  connection: SsoConnection.nullable(),
});
export type SsoSetup = z.infer<typeof SsoSetup>;

const setup = {
  path: '/api/v1/organization/single-sign-on',
  access: { kind: 'roles', roles: ['admin'] },
  params: NoParams,
  query: NoQuery,
} as const;

const open = {
  access: { kind: 'public' },
  params: z.strictObject({ clinic: Slug }),
  query: NoQuery,
  status: 200,
} as const;

export const singleSignOnEndpoints = {
  get: defineEndpoint({
    ...setup,
    method: 'GET',
    summary: 'How people sign in with the identity provider of the organization',
    body: NoBody,
    response: SsoSetup,
    status: 200,
    errors: [],
  }),
  put: defineEndpoint({
    ...setup,
    method: 'PUT',
    summary: 'Set up signing in with the identity provider of the organization',
    description:
      'The provider is asked for its discovery document first. Without a secret the one that is kept stays, unless the provider or the client is another.',
    body: SsoConnection.extend({ clientSecret: z.string().min(1).max(1_024).optional() }),
    response: SsoSetup,
    status: 200,
    errors: ['SSO_ISSUER_INVALID'],
    needsConfirmation: true,
  }),
  remove: defineEndpoint({
    ...setup,
    method: 'DELETE',
    summary: 'Stop signing in with the identity provider of the organization',
    description: 'Whoever signed in with it is signed out. What it was set up with is gone.',
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: [],
    needsConfirmation: true,
  }),
  look: defineEndpoint({
    ...open,
    method: 'GET',
    path: '/api/v1/auth/single-sign-on/:clinic',
    summary: 'Whether people of a clinic sign in with its identity provider',
    body: NoBody,
    response: z.object({ clinicName: z.string() }),
    errors: ['NOT_FOUND'],
    limit: 'publicRead',
  }),
  begin: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/auth/single-sign-on/:clinic/begin',
    summary: 'Begin to sign in with the identity provider of a clinic',
    description:
      'Answers with where to send the browser, which is given a cookie. What comes back works once, in that browser, for ten minutes.',
    body: z.strictObject({
      /** The provider must ask who it is, though it knows: it then counts as a confirmation here. */
      isFresh: z.boolean().default(false),
    }),
    response: z.object({ authorizationUrl: z.url() }),
    errors: ['NOT_FOUND', 'SSO_UNAVAILABLE'],
    limit: 'signIn',
  }),
  finish: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/auth/single-sign-on/:clinic/finish',
    summary: 'Finish signing in with what the identity provider has sent back',
    description: 'Opens a session of this clinic and of no other, in cookies.',
    body: z.strictObject({
      /** The query of the address that the provider sent the browser to. */
      callback: z.string().max(CALLBACK_MAX_LENGTH),
    }),
    response: SignInAnswer,
    errors: [
      'NOT_FOUND',
      'SSO_EXPIRED',
      'SSO_DENIED',
      'SSO_REFUSED',
      'SSO_UNAVAILABLE',
      'SSO_NO_ROLE',
      'SSO_NO_ACCOUNT',
      'SSO_EMAIL_UNVERIFIED',
      'SSO_ACCOUNT_CLOSED',
      'SSO_NOT_LINKED',
    ],
    limit: 'signIn',
  }),
} as const;
