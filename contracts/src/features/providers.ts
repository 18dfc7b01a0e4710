import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { PractitionerId } from '../core/ids.ts';
import { CLINIC_ROLES } from '../core/roles.ts';
import { CalendarDate, Instant, NoBody, NoParams, NoQuery, Slug, TimeZone } from '../core/values.ts';

/** A doctor as patients see them when they choose. */
export const Provider = z.object({
  id: PractitionerId,
  name: z.string(),
  specialty: z.string(),
  languages: z.array(z.string()),
  bio: z.string(),
  walkInSlug: Slug,
  isWalkInOpen: z.boolean(),
  timeZone: TimeZone,
  /** The next free start, or null when nothing is free in the booking window. */
  nextFreeAt: Instant.nullable(),
});
export type Provider = z.infer<typeof Provider>;

/** What anyone with a doctor's walk-in link may know. */
export const WalkInProvider = Provider.pick({
  id: true,
  name: true,
  specialty: true,
  languages: true,
  walkInSlug: true,
  isWalkInOpen: true,
}).extend({ organizationName: z.string(), waitingCount: z.number().int().nonnegative() });
export type WalkInProvider = z.infer<typeof WalkInProvider>;

/** One bookable start. `startsAt < endsAt`. */
export const Slot = z.object({ startsAt: Instant, endsAt: Instant });
export type Slot = z.infer<typeof Slot>;

/** The longest span that one availability question may cover, in days. */
export const AVAILABILITY_MAX_DAYS = 31;

export const Availability = z.object({
  practitionerId: PractitionerId,
  /** The zone in which `from` and `to` are calendar days. */
  timeZone: TimeZone,
  slots: z.array(Slot),
});
export type Availability = z.infer<typeof Availability>;

const signedIn = { kind: 'roles', roles: CLINIC_ROLES } as const;

export const providerEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/providers',
    access: signedIn,
    summary: 'The doctors of your organization',
    params: NoParams,
    query: z.strictObject({ q: z.string().trim().max(100).optional() }),
    body: NoBody,
    response: z.object({ items: z.array(Provider) }),
    status: 200,
    errors: [],
  }),
  get: defineEndpoint({
    method: 'GET',
    path: '/api/v1/providers/:providerId',
    access: signedIn,
    summary: 'One doctor',
    params: z.strictObject({ providerId: PractitionerId }),
    query: NoQuery,
    body: NoBody,
    response: Provider,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  availability: defineEndpoint({
    method: 'GET',
    path: '/api/v1/providers/:providerId/availability',
    access: signedIn,
    summary: 'Free slots between two days, both included',
    params: z.strictObject({ providerId: PractitionerId }),
    query: z.strictObject({ from: CalendarDate, to: CalendarDate }),
    body: NoBody,
    response: Availability,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  walkIn: defineEndpoint({
    method: 'GET',
    path: '/api/v1/walk-ins/:slug',
    access: { kind: 'public' },
    summary: 'The doctor behind a walk-in link',
    params: z.strictObject({ slug: Slug }),
    query: NoQuery,
    body: NoBody,
    response: WalkInProvider,
    status: 200,
    errors: ['NOT_FOUND'],
    limit: 'publicRead',
  }),
} as const;
