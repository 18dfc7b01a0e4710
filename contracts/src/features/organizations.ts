import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { OrganizationId } from '../core/ids.ts';
import { ClinicRole } from '../core/roles.ts';
import {
  Email,
  Instant,
  line,
  NoBody,
  NoContent,
  NoParams,
  NoQuery,
  Slug,
  TimeZone,
} from '../core/values.ts';
import { PersonName } from './patients.ts';

export const ORGANIZATION_NAME_MAX_LENGTH = 120;
export const LOCATION_NAME_MAX_LENGTH = 120;
export const LOCATION_ADDRESS_MAX_LENGTH = 300;
export const SUSPENSION_REASON_MAX_LENGTH = 500;
/** The most that are listed, by name. */
export const ORGANIZATIONS_MAX = 500;
/** Somebody who was here within so many days counts as active. */
export const ACTIVE_WITHIN_DAYS = 30;

/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/);

/** An organization as those see it who run the platform: what it is, and how many; nobody who is looked after. */
export const OrganizationOverview = z.object({
  id: OrganizationId,
  slug: Slug,
  name: z.string(),
  /** Null where nobody has said it. */
  country: Country.nullable(),
  timeZone: TimeZone,
  createdAt: Instant,
  /** Null while it is open. */
  suspension: z.object({ since: Instant, reason: z.string() }).nullable(),
  /** How many may sign in, by what they are. */
  members: z.record(ClinicRole, z.int().nonnegative()),
  /** How many of them were here within {@link ACTIVE_WITHIN_DAYS} days. */
  activeMembers: z.int().nonnegative(),
  /**
   * How it stands with its first administrator, on whom all else waits: `joined` once there was one, else whether an
   * invitation still works.
   */
  firstAdministrator: z.enum(['joined', 'invited', 'missing']),
});
export type OrganizationOverview = z.infer<typeof OrganizationOverview>;

/** Who is asked to run an organization. */
export const FirstAdministrator = z.strictObject({ name: PersonName, email: Email });
export type FirstAdministrator = z.infer<typeof FirstAdministrator>;

export const NewOrganization = z.strictObject({
  name: line(ORGANIZATION_NAME_MAX_LENGTH),
  /** In addresses; it stays. */
  slug: Slug.refine((slug) => slug !== 'platform', 'belongs to those who run the platform'),
  country: Country,
  timeZone: TimeZone,
  /** Where it looks after people; more can follow. */
  location: z.strictObject({
    name: line(LOCATION_NAME_MAX_LENGTH),
    address: line(LOCATION_ADDRESS_MAX_LENGTH),
  }),
  administrator: FirstAdministrator,
});
export type NewOrganization = z.infer<typeof NewOrganization>;

const PATH = '/api/v1/platform/organizations';
const platform = { access: { kind: 'roles', roles: ['platformAdmin'] }, query: NoQuery } as const;
const change = {
  ...platform,
  method: 'POST',
  params: z.strictObject({ organizationId: OrganizationId }),
  response: NoContent,
  status: 204,
  needsConfirmation: true,
} as const;

/** What those decide who run the platform. Each change is in their own trail and in that of the organization. */
export const organizationEndpoints = {
  list: defineEndpoint({
    ...platform,
    method: 'GET',
    path: PATH,
    summary: 'The organizations of the platform, by name',
    description: `Without those who run it. The first ${ORGANIZATIONS_MAX}.`,
    params: NoParams,
    body: NoBody,
    response: z.object({ organizations: z.array(OrganizationOverview).max(ORGANIZATIONS_MAX) }),
    status: 200,
    errors: [],
  }),
  create: defineEndpoint({
    ...platform,
    method: 'POST',
    path: PATH,
    summary: 'Make an organization, and invite its first administrator',
    params: NoParams,
    body: NewOrganization,
    response: z.object({ id: OrganizationId }),
    status: 201,
    errors: ['SLUG_TAKEN', 'CONFLICT'],
    needsConfirmation: true,
  }),
  inviteFirstAdministrator: defineEndpoint({
    ...change,
    path: `${PATH}/:organizationId/first-administrator`,
    summary: 'Invite somebody again to be the first administrator',
    description:
      'Takes the place of earlier invitations. Once an organization has had an administrator, it decides by itself who follows.',
    body: FirstAdministrator,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  suspend: defineEndpoint({
    ...change,
    path: `${PATH}/:organizationId/suspend`,
    summary: 'Close an organization until further notice',
    description:
      'Everybody is signed out and nobody signs in. Visits that are in progress or on hold go on until they end; no other begins. Its administrators are told by mail, with the reason. One that is suspended already stays as it is.',
    body: z.strictObject({ reason: line(SUSPENSION_REASON_MAX_LENGTH) }),
    errors: ['NOT_FOUND'],
  }),
  reopen: defineEndpoint({
    ...change,
    path: `${PATH}/:organizationId/reopen`,
    summary: 'Let the people of a suspended organization sign in again',
    body: NoBody,
    errors: ['NOT_FOUND'],
  }),
} as const;
