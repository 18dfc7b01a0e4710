import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Instant, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { FactorCode, FactorMethod } from './auth.ts';

/** How many codes on paper somebody is given at a time. */
export const RECOVERY_CODE_COUNT = 10;

/** Codes that are sent, by one channel. */
const SentCodeFactor = z.object({
  isOn: z.boolean(),
  /** Whether it can be turned on: there is a way to send them, and they are enough here. */
  isOffered: z.boolean(),
  /** The address or number that they go to; null where there is none. */
  goesTo: z.string().nullable(),
});

/** What a person signs in with besides a password. */
export const SecondFactors = z.object({
  totp: z.object({ confirmedAt: Instant }).nullable(),
  /** How many passkeys they have; each is one. */
  passkeys: z.int().min(0),
  sentCodes: z.object({ sms: SentCodeFactor, email: SentCodeFactor }),
  /** What of these a proof is asked by, the best first. */
  methods: z.array(FactorMethod),
  recoveryCodesLeft: z.int().min(0).max(RECOVERY_CODE_COUNT),
  /** Their organization asks for one, so the last cannot be removed. */
  isRequired: z.boolean(),
});
export type SecondFactors = z.infer<typeof SecondFactors>;

/** What an authenticator app needs, shown while it is being set up and never again. */
export const TotpSetup = z.object({
  /** Base32, for typing. */
  secret: z.string(),
  /** `otpauth://totp/…`, for a QR code. */
  uri: z.string(),
});
export type TotpSetup = z.infer<typeof TotpSetup>;

/** Shown once. Each works once, in the place of an app that is lost. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).length(RECOVERY_CODE_COUNT) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

const own = {
  access: { kind: 'roles', roles: ALL_ROLES },
  params: NoParams,
  query: NoQuery,
  isAboutPerson: true,
  inSsoSession: 'madeBySso',
} as const;

export const secondFactorEndpoints = {
  get: defineEndpoint({
    ...own,
    method: 'GET',
    path: '/api/v1/account/second-factor',
    summary: 'Second factors of the person who asks',
    body: NoBody,
    response: SecondFactors,
    status: 200,
    errors: [],
    beforeSecondFactor: true,
    inSsoSession: 'always',
  }),
  beginTotp: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/second-factor/totp',
    summary: 'Begin to set up an authenticator app',
    description:
      'Replaces one that was begun and not confirmed. One that is in use stays so until the new one is confirmed.',
    body: NoBody,
    response: TotpSetup,
    status: 201,
    errors: [],
    needsConfirmation: true,
    beforeSecondFactor: true,
  }),
  confirmTotp: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/second-factor/totp/confirm',
    summary: 'Finish setting up an authenticator app with the first code that it shows',
    description: 'Answers with new recovery codes; earlier ones stop working. Other devices are signed out.',
    body: z.strictObject({ code: FactorCode.shape.code }),
    response: RecoveryCodes,
    status: 200,
    errors: ['CODE_WRONG', 'SECOND_FACTOR_NOT_BEGUN'],
    limit: 'proof',
    needsConfirmation: true,
    beforeSecondFactor: true,
  }),
  removeTotp: defineEndpoint({
    ...own,
    method: 'DELETE',
    path: '/api/v1/account/second-factor/totp',
    summary: 'Stop asking for the authenticator app',
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['SECOND_FACTOR_KEPT'],
    needsConfirmation: true,
  }),
  renewRecoveryCodes: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/second-factor/recovery-codes',
    summary: 'New recovery codes in the place of the old ones',
    body: NoBody,
    response: RecoveryCodes,
    status: 201,
    errors: ['SECOND_FACTOR_NOT_BEGUN'],
    needsConfirmation: true,
    beforeSecondFactor: true,
  }),
} as const;
