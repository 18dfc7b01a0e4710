import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { NoQuery, Slug } from '../core/values.ts';
import { SignedIn } from './auth.ts';
import { AdministrativeGender, BirthDate, PersonName, Phone } from './patients.ts';
import { Visit } from './visit.ts';
import { VisitReason } from './visit-reason.ts';

export const walkInEndpoints = {
  enter: defineEndpoint({
    method: 'POST',
    path: '/api/v1/walk-ins/:slug',
    access: { kind: 'public' },
    summary: "Enter a doctor's waiting room through their link",
    description:
      'Someone who is signed in as a patient enters as themselves and leaves `guest` out. Anyone else gives name and birth date and gets a session for this visit.',
    params: z.strictObject({ slug: Slug }),
    query: NoQuery,
    body: z.strictObject({
      reason: VisitReason.optional(),
      guest: z
        .strictObject({
          name: PersonName,
          birthDate: BirthDate,
          gender: AdministrativeGender.default('unknown'),
          phone: Phone.optional(),
        })
        .optional(),
      idempotencyKey: z.uuid(),
    }),
    response: z.object({ visit: Visit, session: SignedIn.nullable() }),
    status: 201,
    errors: ['NOT_FOUND', 'WALK_IN_CLOSED', 'WALK_IN_FULL'],
    limit: 'walkIn',
  }),
} as const;
