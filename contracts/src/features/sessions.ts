import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { SessionId } from '../core/ids.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Instant, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';

/** One sign-in on one device. */
export const OwnSession = z.object({
  id: SessionId,
  /** The one that asks. */
  isCurrent: z.boolean(),
  signedInAt: Instant,
  /** To the minute. */
  lastSeenAt: Instant,
  /** Where the sign-in came from. */
  ipAddress: z.string(),
  /** As the browser sent it; pages make words of it. */
  userAgent: z.string(),
  hasSecondFactor: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;

/** The most that is listed, the latest first. */
export const OWN_SESSIONS_MAX = 100;

const own = {
  access: { kind: 'roles', roles: ALL_ROLES },
  query: NoQuery,
  body: NoBody,
  isAboutPerson: true,
  inSsoSession: 'madeBySso',
} as const;

export const sessionEndpoints = {
  list: defineEndpoint({
    ...own,
    method: 'GET',
    path: '/api/v1/account/sessions',
    summary: 'Where the person who asks is signed in',
    params: NoParams,
    response: z.object({ sessions: z.array(OwnSession).max(OWN_SESSIONS_MAX) }),
    status: 200,
    errors: [],
  }),
  end: defineEndpoint({
    ...own,
    method: 'DELETE',
    path: '/api/v1/account/sessions/:sessionId',
    summary: 'Sign another device out',
    description:
      'Counts at once, also for what the device has open. A session that is over already is no error.',
    params: z.strictObject({ sessionId: SessionId }),
    response: NoContent,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
  endOthers: defineEndpoint({
    ...own,
    method: 'POST',
    path: '/api/v1/account/sessions/end-others',
    summary: 'Sign every other device out',
    params: NoParams,
    response: z.object({ ended: z.int().min(0) }),
    status: 200,
    errors: [],
  }),
} as const;
