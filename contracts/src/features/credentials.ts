import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Email, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { LinkToken, Password, PasswordRules } from './auth.ts';

const own = {
  access: { kind: 'roles', roles: ALL_ROLES },
  params: NoParams,
  query: NoQuery,
  isAboutPerson: true,
} as const;

/** A person's own address and password. */
export const credentialEndpoints = {
  passwordRules: defineEndpoint({
    ...own,
    method: 'GET',
    path: '/api/v1/account/password',
    summary: 'How long a new password must be',
    body: NoBody,
    response: PasswordRules,
    status: 200,
    errors: [],
  }),
  changePassword: defineEndpoint({
    ...own,
    method: 'PUT',
    path: '/api/v1/account/password',
    summary: 'Choose a new password',
    description: 'Signs every other device out.',
    body: z.strictObject({ newPassword: Password }),
    response: NoContent,
    status: 204,
    errors: ['PASSWORD_TOO_WEAK'],
    limit: 'proof',
    needsConfirmation: true,
  }),
  changeEmail: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/email',
    summary: 'Ask for a link that makes another address the one to sign in with',
    description:
      'Goes to the new address. Answers the same when that belongs to somebody else, who is told by mail.',
    body: z.strictObject({ newEmail: Email }),
    response: NoContent,
    status: 204,
    errors: [],
    limit: 'proof',
    needsConfirmation: true,
  }),
  confirmEmail: defineEndpoint({
    method: 'POST',
    path: '/api/v1/account/email/confirm',
    access: { kind: 'public' },
    summary: 'Make the new address the one to sign in with, by the link that came to it',
    description: 'The old address is told.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({ token: LinkToken }),
    response: NoContent,
    status: 204,
    errors: ['LINK_INVALID'],
    limit: 'registration',
  }),
} as const;
