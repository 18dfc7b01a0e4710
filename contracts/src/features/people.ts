import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { DepartmentId, LocationId, MembershipId, UserId } from '../core/ids.ts';
import { PlatformRole, Role, StaffRole } from '../core/roles.ts';
import { Instant, line, NoBody, NoContent, NoParams, NoQuery, page, PageQuery } from '../core/values.ts';

/** `suspended`: cannot sign in for now. `removed`: belongs to the organization no longer. */
export const MembershipStatus = z.enum(['active', 'suspended', 'removed']);
export type MembershipStatus = z.infer<typeof MembershipStatus>;

export const AREAS_MAX = 50;

/** The departments and locations that somebody of the staff works for; without any it is the whole organization. */
export const Areas = z.strictObject({
  departmentIds: z.array(DepartmentId).max(AREAS_MAX),
  /** Each with all its departments, also those that are added later. */
  locationIds: z.array(LocationId).max(AREAS_MAX),
});
export type Areas = z.infer<typeof Areas>;

/** Somebody with an account in the organization, as its administrators see them. */
export const Person = z.object({
  membershipId: MembershipId,
  userId: UserId,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  status: MembershipStatus,
  hasSecondFactor: z.boolean(),
  /** They count for roles that can be kept to departments, and wait for one of these in others. */
  areas: Areas,
  /** When they were last here; null when they have never signed in to this organization. */
  lastSeenAt: Instant.nullable(),
  joinedAt: Instant,
});
export type Person = z.infer<typeof Person>;

export const SPECIALTY_MAX_LENGTH = 80;
const Specialty = line(SPECIALTY_MAX_LENGTH);
const OtherStaffRole = StaffRole.exclude(['doctor']);

/** What somebody of the staff is: of a doctor also what patients choose them for. */
export const StaffPost = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('doctor'), specialty: Specialty }),
  z.strictObject({ role: OtherStaffRole }),
]);
export type StaffPost = z.infer<typeof StaffPost>;

/** What somebody is invited to be: of the staff of a clinic, or of those who run the platform. */
export const Post = z.discriminatedUnion('role', [
  ...StaffPost.options,
  z.strictObject({ role: PlatformRole }),
]);
export type Post = z.infer<typeof Post>;

/** Each of their own organization. */
const admins = { kind: 'roles', roles: ['admin', 'platformAdmin'] } as const;

const change = {
  access: admins,
  params: z.strictObject({ membershipId: MembershipId }),
  query: NoQuery,
  response: NoContent,
  status: 204,
  errors: ['NOT_FOUND', 'CONFLICT'],
  needsConfirmation: true,
} as const;

/** Who belongs to an organization, and what they may do there. Nobody decides about themselves. */
export const peopleEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/people',
    access: admins,
    summary: 'People with an account in the organization, by name',
    description: 'Words of the name or the e-mail address may be in any order; all must fit.',
    params: NoParams,
    query: z.strictObject({
      q: z.string().trim().max(200).optional(),
      role: Role.optional(),
      status: MembershipStatus.optional(),
      ...PageQuery,
    }),
    body: NoBody,
    response: page(Person),
    status: 200,
    errors: [],
  }),
  suspend: defineEndpoint({
    ...change,
    method: 'POST',
    path: '/api/v1/people/:membershipId/suspend',
    summary: 'Sign a person out, and keep them from signing in until further notice',
    description:
      'Counts at once, also for what they have open. A suspended doctor is not offered to patients.',
    body: NoBody,
  }),
  resume: defineEndpoint({
    ...change,
    method: 'POST',
    path: '/api/v1/people/:membershipId/resume',
    summary: 'Let a suspended person sign in again',
    body: NoBody,
  }),
  changeRole: defineEndpoint({
    ...change,
    method: 'PUT',
    path: '/api/v1/people/:membershipId/role',
    access: { kind: 'roles', roles: ['admin'] },
    summary: 'Give somebody of the staff another role',
    description: 'Signs them out. A doctor gets a calendar without hours, and a walk-in link that is closed.',
    body: StaffPost,
  }),
  setAreas: defineEndpoint({
    ...change,
    method: 'PUT',
    path: '/api/v1/people/:membershipId/areas',
    summary: 'Keep somebody of the front desk, or a nurse, to some departments or locations, or to none',
    description:
      'They see visits, waiting rooms and hours of the doctors there, and the records of patients in the care of these. Without any it is the whole organization. Signs them out.',
    body: Areas,
  }),
  resetSecondFactor: defineEndpoint({
    ...change,
    method: 'DELETE',
    path: '/api/v1/people/:membershipId/second-factor',
    summary: 'Remove the authenticator app and the recovery codes of somebody who has lost them',
    description: 'Its owner is told by mail.',
    body: NoBody,
  }),
  remove: defineEndpoint({
    ...change,
    method: 'POST',
    path: '/api/v1/people/:membershipId/remove',
    summary: 'Take somebody of the staff out of the organization',
    description: 'What they did stays on record under their name. An invitation brings them back.',
    body: NoBody,
  }),
} as const;
