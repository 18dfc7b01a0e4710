import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { InvitationId } from '../core/ids.ts';
import { InvitedRole } from '../core/roles.ts';
import { Email, Instant, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { LinkToken, PasswordRules } from './auth.ts';
import { PersonName } from './patients.ts';
import { Post } from './people.ts';

/** For how long the link of an invitation works. */
export const INVITATION_TTL_DAYS = 7;
/** The most that are listed, the latest first. */
export const OPEN_INVITATIONS_MAX = 200;

/** Somebody who was invited and has not answered yet. */
export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string(),
  role: InvitedRole,
  specialty: z.string().nullable(),
  /** Null when their account is gone. */
  invitedBy: z.string().nullable(),
  invitedAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** What a page must know of an invitation before it asks for anything. */
export const InvitationLink = z.object({
  email: z.string(),
  clinicName: z.string(),
  /** As whoever invited them wrote it. */
  name: z.string(),
  role: InvitedRole,
  /** They have an account already: its password is theirs here too. */
  hasAccount: z.boolean(),
  passwordMinLength: PasswordRules.shape.minLength,
});
export type InvitationLink = z.infer<typeof InvitationLink>;

const invited = { email: Email, name: PersonName };
const [asDoctor, asOther, asPlatform] = Post.options;
const admins = { access: { kind: 'roles', roles: ['admin', 'platformAdmin'] }, query: NoQuery } as const;
const open = { access: { kind: 'public' }, params: NoParams, query: NoQuery, limit: 'registration' } as const;

export const invitationEndpoints = {
  list: defineEndpoint({
    ...admins,
    method: 'GET',
    path: '/api/v1/people/invitations',
    summary: 'Invitations that nobody has answered yet, the latest first',
    params: NoParams,
    body: NoBody,
    response: z.object({ invitations: z.array(Invitation).max(OPEN_INVITATIONS_MAX) }),
    status: 200,
    errors: [],
  }),
  create: defineEndpoint({
    ...admins,
    method: 'POST',
    path: '/api/v1/people/invitations',
    summary: 'Invite somebody to work for the organization',
    description: `They get a link by mail that works once, for ${INVITATION_TTL_DAYS} days. Another invitation to the same address takes its place.`,
    params: NoParams,
    body: z.discriminatedUnion('role', [
      asDoctor.extend(invited),
      asOther.extend(invited),
      asPlatform.extend(invited),
    ]),
    response: NoContent,
    status: 204,
    errors: ['CONFLICT'],
    needsConfirmation: true,
  }),
  cancel: defineEndpoint({
    ...admins,
    method: 'DELETE',
    path: '/api/v1/people/invitations/:invitationId',
    summary: 'Take an invitation back',
    description: 'One that is over already is no error.',
    params: z.strictObject({ invitationId: InvitationId }),
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['NOT_FOUND'],
    needsConfirmation: true,
  }),
  check: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/people/invitations/check',
    summary: 'Ask whether the link of an invitation still works, and whom it is for',
    body: z.strictObject({ token: LinkToken }),
    response: InvitationLink,
    status: 200,
    errors: ['LINK_INVALID'],
  }),
  accept: defineEndpoint({
    ...open,
    method: 'POST',
    path: '/api/v1/people/invitations/accept',
    summary: 'Join the organization that has invited',
    description: 'Somebody without an account chooses a password; somebody with one proves it by theirs.',
    body: z.strictObject({
      token: LinkToken,
      name: PersonName,
      // Of an account that is there already, an older one may be shorter.
      password: z.string().min(1).max(1024),
    }),
    response: NoContent,
    status: 204,
    errors: ['LINK_INVALID', 'PASSWORD_TOO_WEAK', 'INVALID_CREDENTIALS', 'CONFLICT'],
  }),
} as const;
