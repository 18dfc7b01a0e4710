import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId, PasskeyId } from '../core/ids.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Instant, line, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { ChallengeToken, SignedIn, TokenDelivery } from './auth.ts';
import {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from './webauthn.ts';

/** The most that one person may have. */
export const PASSKEYS_MAX = 20;
export const PASSKEY_NAME_MAX_LENGTH = 60;
const PasskeyName = line(PASSKEY_NAME_MAX_LENGTH);

/** A passkey as its owner sees it. */
export const Passkey = z.object({
  id: PasskeyId,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** It is kept in an account of the maker of the device, and comes along to a new one. */
  isBackedUp: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

export const OwnPasskeys = z.object({
  /** False on a server that is reached by a number in the place of a name. */
  isOffered: z.boolean(),
  passkeys: z.array(Passkey).max(PASSKEYS_MAX),
});
export type OwnPasskeys = z.infer<typeof OwnPasskeys>;

const own = { access: { kind: 'roles', roles: ALL_ROLES }, query: NoQuery, isAboutPerson: true } as const;
const anybody = { access: { kind: 'public' }, params: NoParams, query: NoQuery, limit: 'signIn' } as const;
const one = z.strictObject({ passkeyId: PasskeyId });

export const passkeyEndpoints = {
  list: defineEndpoint({
    ...own,
    method: 'GET',
    path: '/api/v1/account/passkeys',
    summary: 'Passkeys of the person who asks',
    params: NoParams,
    body: NoBody,
    response: OwnPasskeys,
    status: 200,
    errors: [],
    beforeSecondFactor: true,
  }),
  beginRegistration: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/passkeys/begin',
    summary: 'Begin to add a passkey',
    params: NoParams,
    body: NoBody,
    response: PasskeyCreationOptions,
    status: 201,
    errors: ['PASSKEYS_NOT_OFFERED', 'PASSKEYS_FULL'],
    needsConfirmation: true,
    beforeSecondFactor: true,
  }),
  finishRegistration: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/passkeys',
    summary: 'Add the passkey that the device has made',
    description:
      'It signs in by itself, and counts as a second factor: from then on a password alone does not. Make recovery codes if there are none.',
    params: NoParams,
    body: z.strictObject({ response: PasskeyAttestation, name: PasskeyName }),
    response: Passkey,
    status: 201,
    errors: ['PASSKEY_REFUSED', 'PASSKEY_KNOWN', 'PASSKEYS_NOT_OFFERED', 'PASSKEYS_FULL'],
    limit: 'proof',
    needsConfirmation: true,
    beforeSecondFactor: true,
  }),
  rename: defineEndpoint({
    ...own,
    method: 'PATCH',
    path: '/api/v1/account/passkeys/:passkeyId',
    summary: 'Call a passkey something else',
    params: one,
    body: z.strictObject({ name: PasskeyName }),
    response: Passkey,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  remove: defineEndpoint({
    ...own,
    method: 'DELETE',
    path: '/api/v1/account/passkeys/:passkeyId',
    summary: 'Stop taking a passkey',
    description: 'One that is gone already is no error.',
    params: one,
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['SECOND_FACTOR_KEPT'],
    needsConfirmation: true,
  }),
  beginConfirmation: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/passkeys/confirm',
    summary: 'Ask for the passkey of whoever is signed in, before something dangerous',
    params: NoParams,
    body: NoBody,
    response: PasskeyRequestOptions,
    status: 201,
    errors: ['PASSKEYS_NOT_OFFERED'],
    limit: 'proof',
    beforeSecondFactor: true,
    inSsoSession: 'always',
  }),
  beginSecondStep: defineEndpoint({
    ...anybody,
    method: 'POST',
    path: '/api/v1/auth/passkey/second-step',
    summary: 'Ask for the passkey of somebody whose password was right',
    body: z.strictObject({ challenge: ChallengeToken }),
    response: PasskeyRequestOptions,
    status: 201,
    errors: ['SIGN_IN_EXPIRED', 'PASSKEYS_NOT_OFFERED'],
  }),
  beginSignIn: defineEndpoint({
    ...anybody,
    method: 'POST',
    path: '/api/v1/auth/passkey/begin',
    summary: 'Begin to sign in with a passkey, with nothing typed',
    body: NoBody,
    response: PasskeyRequestOptions,
    status: 201,
    errors: ['PASSKEYS_NOT_OFFERED'],
  }),
  finishSignIn: defineEndpoint({
    ...anybody,
    method: 'POST',
    path: '/api/v1/auth/passkey',
    summary: 'Sign in with what the passkey has signed',
    description:
      'No second step is asked for: a passkey is something one has, opened by something one is or knows.',
    body: z.strictObject({
      assertion: PasskeyAssertion,
      organizationId: OrganizationId.optional(),
      tokenDelivery: TokenDelivery,
    }),
    response: SignedIn,
    status: 200,
    errors: ['PASSKEY_REFUSED', 'PASSKEYS_NOT_OFFERED'],
  }),
} as const;
