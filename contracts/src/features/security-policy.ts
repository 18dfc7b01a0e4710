import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { NoBody, NoParams, NoQuery } from '../core/values.ts';
import { PASSWORD_MIN_LENGTH } from './auth.ts';

export const IDLE_TIMEOUT_MIN_MINUTES = 5;
export const IDLE_TIMEOUT_MAX_MINUTES = 720;
/** Longer ones nobody types; what a password manager makes is longer still, and welcome. */
export const STAFF_PASSWORD_MIN_LENGTH_MAX = 64;

/** What an organization asks of those who sign in. */
export const SecurityPolicy = z.strictObject({
  /** Of its staff, besides the password; patients choose for themselves. */
  staffSecondFactor: z.enum(['optional', 'required']),
  /** Whether a code by e-mail or SMS is enough for them as that factor; for patients it is. */
  staffSentCodes: z.enum(['refused', 'allowed']),
  /** After so long without a touch people are signed out, unless they are in a visit. */
  idleTimeoutMinutes: z.int().min(IDLE_TIMEOUT_MIN_MINUTES).max(IDLE_TIMEOUT_MAX_MINUTES),
  /**
   * Of passwords that its staff choose from now on. NIST SP 800-63B-4 section 3.1.1.2 asks for 15 where a password is all
   * that is asked for, and for 8 beside a second factor.
   */
  staffPasswordMinLength: z.int().min(PASSWORD_MIN_LENGTH).max(STAFF_PASSWORD_MIN_LENGTH_MAX),
  /** Whether patients may make an account by themselves. */
  registration: z.enum(['closed', 'open']),
});
export type SecurityPolicy = z.infer<typeof SecurityPolicy>;

const policy = {
  path: '/api/v1/organization/security',
  access: { kind: 'roles', roles: ['admin'] },
  params: NoParams,
  query: NoQuery,
  response: SecurityPolicy,
  status: 200,
  errors: [],
} as const;

export const securityPolicyEndpoints = {
  get: defineEndpoint({
    ...policy,
    method: 'GET',
    summary: 'What the organization asks of those who sign in',
    body: NoBody,
  }),
  put: defineEndpoint({
    ...policy,
    method: 'PUT',
    summary: 'Change what the organization asks of those who sign in',
    description: 'Counts within a few seconds, also for those who are signed in.',
    body: SecurityPolicy,
    needsConfirmation: true,
  }),
} as const;
