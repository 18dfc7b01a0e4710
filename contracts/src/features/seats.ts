import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { PractitionerId, SeatId, VisitId } from '../core/ids.ts';
import { Role } from '../core/roles.ts';
import { Instant, NoBody, NoParams, NoQuery } from '../core/values.ts';

/** The most people who can be seated in one visit at a time. */
export const VISIT_MAX_SEATS = 12;

/** From so many people on it is told who speaks: of two everybody knows. */
export const GROUP_MIN_SEATS = 3;

/** What a person is in a visit. The host admits and ends. */
export const SeatRole = z.enum(['host', 'patient', 'guest']);
export type SeatRole = z.infer<typeof SeatRole>;

/** A permission to sit down in one seat of one visit, good for one connection within `expiresAt`. */
export const JoinTicket = z.object({
  ticket: z.string(),
  expiresAt: Instant,
  seatId: SeatId,
  seatRole: SeatRole,
});
export type JoinTicket = z.infer<typeof JoinTicket>;

export const JOIN_TICKET_TTL_SECONDS = 60;

export const seatEndpoints = {
  joinTicket: defineEndpoint({
    method: 'POST',
    path: '/api/v1/consultations/:visitId/join-ticket',
    duringSuspension: true,
    access: { kind: 'roles', roles: ['patient', 'doctor'] },
    summary: 'A 60-second ticket for your seat in this visit',
    params: z.strictObject({ visitId: VisitId }),
    query: NoQuery,
    body: NoBody,
    response: JoinTicket,
    status: 201,
    errors: ['VISIT_NOT_FOUND', 'VISIT_NOT_YOURS', 'VISIT_OVER', 'VISIT_FULL'],
    limit: 'ticket',
    forDependants: 'visits',
  }),
  deskTicket: defineEndpoint({
    method: 'POST',
    path: '/api/v1/desk-ticket',
    access: { kind: 'roles', roles: ['doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'A 60-second ticket to watch waiting rooms live',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({
      ticket: z.string(),
      expiresAt: Instant,
      role: Role,
      practitionerId: PractitionerId.nullable(),
    }),
    status: 201,
    errors: [],
  }),
} as const;
