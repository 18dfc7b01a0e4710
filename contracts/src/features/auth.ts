import { z } from 'zod';
import { CONFIRMED_FOR_MINUTES, defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId, PatientId, PractitionerId, UserId } from '../core/ids.ts';
import { ALL_ROLES, Role } from '../core/roles.ts';
import { PasskeyAssertion } from './webauthn.ts';
import { Email, Instant, NoBody, NoContent, NoParams, NoQuery, Slug, TimeZone } from '../core/values.ts';

/** The readable cookie of a session; pages send its value back in {@link CSRF_HEADER} with every change. */
export const CSRF_COOKIE = 'cc_csrf';
export const CSRF_HEADER = 'x-csrf-token';

/** For how many seconds nobody has touched the page that asks; absent from whoever is no page. */
export const IDLE_HEADER = 'x-idle-seconds';

/** Length only: NIST SP 800-63B-4 section 3.1.1.2 asks for length, not for character classes. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;
export const Password = z
  .string()
  .min(PASSWORD_MIN_LENGTH)
  .max(PASSWORD_MAX_LENGTH)
  .refine((typed) => typed.isWellFormed() && !/\p{Cc}/u.test(typed), 'has a character that nobody can type');

/** How long a new password must be: longer than anybody's where an organization asks its staff for more. */
export const PasswordRules = z.object({ minLength: z.int().min(PASSWORD_MIN_LENGTH) });
export type PasswordRules = z.infer<typeof PasswordRules>;

/** The person behind the session, as pages need it. */
export const Me = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  isGuest: z.boolean(),
  organization: z.object({ id: OrganizationId, name: z.string(), timeZone: TimeZone }),
  patientId: PatientId.nullable(),
  practitionerId: PractitionerId.nullable(),
  /** Their organization asks its staff for a second factor, and they have none: until then little else is open. */
  mustSetUpSecondFactor: z.boolean(),
  /** After so long without a touch their pages sign them out; not in a visit, and not a guest. */
  idleTimeoutMinutes: z.int().positive(),
  /** Signed in with the identity provider of the organization; null for whoever signed in by themselves. */
  singleSignOn: z
    .object({
      clinic: Slug,
      /** Their account was made by it, and is good nowhere else. */
      hasMadeAccount: z.boolean(),
    })
    .nullable(),
});
export type Me = z.infer<typeof Me>;

export const SessionTokens = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: Instant,
  refreshToken: z.string(),
});
export type SessionTokens = z.infer<typeof SessionTokens>;

/** Browsers keep tokens in httpOnly cookies; integrators ask for them in the body and send `Authorization: Bearer`. */
export const TokenDelivery = z.enum(['cookie', 'body']).default('cookie');

export const SignedIn = z.object({ me: Me, tokens: SessionTokens.nullable() });

/** How a code is sent to somebody. */
export const CodeChannel = z.enum(['sms', 'email']);
export type CodeChannel = z.infer<typeof CodeChannel>;

/** What is typed: a code of an authenticator app, one that was sent, or one of the codes on paper. */
export const CodeMethod = z.enum(['totp', ...CodeChannel.options, 'recovery']);
export type CodeMethod = z.infer<typeof CodeMethod>;

/** What proves a second time who somebody is. */
export const FactorMethod = z.enum(['passkey', ...CodeMethod.options]);
export type FactorMethod = z.infer<typeof FactorMethod>;

/** A code as it was typed; blanks and hyphens are for the eye. */
export const FactorCode = z.strictObject({ method: CodeMethod, code: z.string().trim().min(6).max(32) });
export type FactorCode = z.infer<typeof FactorCode>;

const FactorPasskey = z.strictObject({ method: z.literal('passkey'), assertion: PasskeyAssertion });

/** A second factor as it is proved. */
export const FactorProof = z.discriminatedUnion('method', [FactorCode, FactorPasskey]);
export type FactorProof = z.infer<typeof FactorProof>;

/** Names a sign-in that waits for its second step. Works for a few minutes and a few tries. */
export const ChallengeToken = z.string().min(16).max(256);

/** Signed in, or half of it: the password was right, and a second factor is asked for. */
export const SignInAnswer = z.discriminatedUnion('kind', [
  SignedIn.extend({ kind: z.literal('signedIn') }),
  z.object({
    kind: z.literal('secondFactor'),
    challenge: ChallengeToken,
    methods: z.array(FactorMethod).min(1),
    expiresAt: Instant,
  }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

/** How somebody who is signed in proves again that it is them: by their second factor where they have one. */
export const Confirmation = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('password'), password: z.string().min(1).max(1024) }),
  FactorCode,
  FactorPasskey,
]);
export type Confirmation = z.infer<typeof Confirmation>;

/** What a link in an e-mail carries. */
export const LinkToken = z.string().min(16).max(256);

const ofSignIn = { challenge: ChallengeToken, tokenDelivery: TokenDelivery };
const roles = { kind: 'roles', roles: ALL_ROLES } as const;

export const authEndpoints = {
  login: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/login',
    access: { kind: 'public' },
    summary: 'Sign in with e-mail and password',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({
      email: Email,
      // A shorter or longer password than we accept today is wrong, not malformed.
      password: z.string().min(1).max(1024),
      organizationId: OrganizationId.optional(),
      tokenDelivery: TokenDelivery,
    }),
    response: SignInAnswer,
    status: 200,
    errors: ['INVALID_CREDENTIALS'],
    limit: 'signIn',
  }),
  loginSecondStep: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/login/second-step',
    access: { kind: 'public' },
    summary: 'Finish signing in with a second factor',
    description:
      'A code works once. After five wrong ones the sign-in begins anew, and codes must wait longer and longer.',
    params: NoParams,
    query: NoQuery,
    body: z.discriminatedUnion('method', [FactorCode.extend(ofSignIn), FactorPasskey.extend(ofSignIn)]),
    response: SignedIn,
    status: 200,
    errors: ['CODE_WRONG', 'PASSKEY_REFUSED', 'SIGN_IN_EXPIRED'],
    limit: 'signIn',
  }),
  confirm: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/confirm',
    access: { kind: 'roles', roles: ALL_ROLES },
    summary: 'Prove again who is signed in, before something dangerous',
    description: `Good for ${CONFIRMED_FOR_MINUTES} minutes. Whoever has a second factor proves it by that, anyone else by the password.`,
    params: NoParams,
    query: NoQuery,
    body: Confirmation,
    response: NoContent,
    status: 204,
    errors: ['CODE_WRONG', 'PASSKEY_REFUSED', 'INVALID_CREDENTIALS'],
    limit: 'proof',
    isAboutPerson: true,
    inSsoSession: 'always',
    beforeSecondFactor: true,
  }),
  logout: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/logout',
    access: { kind: 'public' },
    summary: 'Sign out on this device',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: [],
    limit: 'session',
  }),
  refreshToken: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/refresh-token',
    access: { kind: 'public' },
    summary: 'Exchange the refresh token for a new pair',
    description:
      'The refresh token (cookie, or body for integrators) works once. Using it a second time ends the whole session.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ refreshToken: z.string().max(512).optional() }).optional(),
    response: SignedIn,
    status: 200,
    errors: ['SESSION_EXPIRED'],
    limit: 'session',
  }),
  requestPasswordReset: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/reset-password',
    access: { kind: 'public' },
    summary: 'Ask for a password reset link by e-mail',
    description:
      'Answers the same whether the address is known or not. An address gets at most three links an hour.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ email: Email }),
    response: NoContent,
    status: 204,
    errors: [],
    limit: 'passwordReset',
  }),
  checkPasswordReset: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/reset-password/check',
    access: { kind: 'public' },
    summary: 'Ask whether the link from the e-mail still works',
    description:
      'Uses nothing up and says nothing about whose link it is; a page asks before it lets anyone type a password.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ token: LinkToken }),
    response: PasswordRules,
    status: 200,
    errors: ['LINK_INVALID'],
    limit: 'passwordReset',
  }),
  confirmPasswordReset: defineEndpoint({
    method: 'PUT',
    path: '/api/v1/auth/reset-password',
    access: { kind: 'public' },
    summary: 'Set a new password with the link from the e-mail',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ token: LinkToken, newPassword: Password }),
    response: NoContent,
    status: 204,
    errors: ['LINK_INVALID', 'PASSWORD_TOO_WEAK'],
    limit: 'passwordReset',
  }),
  me: defineEndpoint({
    method: 'GET',
    path: '/api/v1/auth/me',
    duringSuspension: true,
    access: roles,
    summary: 'The person and organization behind this session',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: Me,
    status: 200,
    errors: [],
    beforeSecondFactor: true,
  }),
} as const;
