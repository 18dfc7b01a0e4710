import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { SessionCookies } from '../../core/session-cookies.ts';
import type { TicketService } from '../seats/ticket.service.ts';
import type { WalkInService } from '../walk-ins/walk-in.service.ts';
import type { VisitOpeningService } from './visit-opening.service.ts';
import type { VisitService } from './visit.service.ts';

export interface VisitRoutesDeps {
  readonly visits: VisitService;
  readonly openings: VisitOpeningService;
  readonly walkIns: WalkInService;
  readonly tickets: TicketService;
  readonly sessionCookies: SessionCookies;
}

export function bindVisitEndpoints(deps: VisitRoutesDeps): BoundEndpoint[] {
  const { visits, openings, walkIns, tickets, sessionCookies } = deps;
  return bindEndpoints(endpoints.visits, {
    list: (caller, { query }) => visits.list(caller, query),
    today: (caller, { query }) => visits.today(caller, query.practitionerId),
    get: (caller, { params }) => visits.get(caller, params.visitId),
    record: (caller, { params }) => visits.record(caller, params.visitId),
    recordMessages: (caller, { params, query }) =>
      visits.recordMessages(caller, params.visitId, query.afterSequence),
    create: (caller, { body: { patientId, practitionerId, reason = null, idempotencyKey } }) =>
      openings.open(caller, { patientId, practitionerId, reason, idempotencyKey }),
    walkIn: async (context, { params, body: { reason = null, guest, idempotencyKey } }) => {
      const introduced = guest ? { ...guest, phone: guest.phone ?? null } : null;
      const request = { slug: params.slug, reason, guest: introduced, idempotencyKey };
      const { visit, session } = await walkIns.enter(context, request);
      if (session) sessionCookies.write(context.setCookies, session.issued);
      return { visit, session: session && { me: session.me, tokens: null } };
    },
    joinTicket: (caller, { params }) => tickets.forSeat(caller, params.visitId),
    start: (caller, { params }) => visits.conduct(caller, params.visitId, 'start'),
    hold: (caller, { params }) => visits.conduct(caller, params.visitId, 'hold'),
    end: (caller, { params }) => visits.conduct(caller, params.visitId, 'end'),
    cancel: (caller, { params }) => visits.cancel(caller, params.visitId),
    deskTicket: (caller) => tickets.forDesk(caller),
  });
}
