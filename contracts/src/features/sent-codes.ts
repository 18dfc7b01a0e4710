import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Instant, Language, NoContent, NoBody, NoParams, NoQuery } from '../core/values.ts';
import { ChallengeToken, CodeChannel, FactorCode } from './auth.ts';

export const SENT_CODE_LENGTH = 6;
/** NIST SP 800-63B-4 section 3.1.3.2: ten minutes at the most. */
export const SENT_CODE_MINUTES = 10;
/** As long as somebody waits before they ask for another. */
export const SEND_AGAIN_AFTER_SECONDS = 30;

/** A code is on its way. */
export const SentCode = z.object({
  /** Where to; hidden but for its end while the person has only half signed in. */
  sentTo: z.string(),
  expiresAt: Instant,
});
export type SentCode = z.infer<typeof SentCode>;

const one = z.strictObject({ channel: CodeChannel });
const own = {
  access: { kind: 'roles', roles: ALL_ROLES },
  query: NoQuery,
  limit: 'proof',
  isAboutPerson: true,
  inSsoSession: 'madeBySso',
  beforeSecondFactor: true,
} as const;

export const sentCodeEndpoints = {
  sendForSignIn: defineEndpoint({
    method: 'POST',
    path: '/api/v1/auth/login/code',
    access: { kind: 'public' },
    summary: 'Send a code to somebody whose password was right',
    description: `Good for this sign-in alone, once, for ${SENT_CODE_MINUTES} minutes. The one before it works no longer. After ${SEND_AGAIN_AFTER_SECONDS} seconds another can be asked for.`,
    params: NoParams,
    query: NoQuery,
    body: one.extend({ challenge: ChallengeToken, language: Language }),
    response: SentCode,
    status: 201,
    errors: ['SIGN_IN_EXPIRED', 'CODES_NOT_OFFERED'],
    limit: 'signIn',
  }),
  send: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/second-factor/codes',
    summary: 'Send a code to whoever is signed in',
    description: 'To turn codes on, or to prove who is signed in before something dangerous.',
    params: NoParams,
    body: one.extend({ language: Language }),
    response: SentCode,
    status: 201,
    errors: ['CODES_NOT_OFFERED'],
    inSsoSession: 'always',
  }),
  turnOn: defineEndpoint({
    ...own,
    method: 'PUT',
    path: '/api/v1/account/second-factor/codes/:channel',
    summary: 'Ask for a sent code at sign-in, with the first that has arrived',
    params: one,
    body: z.strictObject({ code: FactorCode.shape.code }),
    response: NoContent,
    status: 204,
    errors: ['CODE_WRONG', 'CODES_NOT_OFFERED'],
    needsConfirmation: true,
  }),
  turnOff: defineEndpoint({
    ...own,
    method: 'DELETE',
    path: '/api/v1/account/second-factor/codes/:channel',
    summary: 'Stop asking for sent codes at sign-in',
    params: one,
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['SECOND_FACTOR_KEPT'],
    needsConfirmation: true,
  }),
} as const;
