import {
  isVisitOver,
  JOIN_TICKET_TTL_SECONDS,
  VISIT_MAX_SEATS,
  type JoinTicket,
  type PractitionerId,
  type Role,
  type VisitId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import { visitPolicy } from '../visits/visit.policy.ts';
import type { VisitRepository } from '../visits/visit.repository.ts';
import { seatPersonOf } from './seat-person.ts';
import type { SeatRepository } from './seat.repository.ts';
import type { Ticket, Tickets } from './tickets.ts';

export interface TicketServiceDeps {
  readonly visits: Pick<VisitRepository, 'find'>;
  readonly seats: Pick<SeatRepository, 'take'>;
  readonly tickets: Tickets;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface DeskTicket extends Ticket {
  readonly role: Role;
  readonly practitionerId: PractitionerId | null;
}

export interface TicketService {
  /** For the caller's own seat, which is made when it is their first. */
  forSeat(caller: Caller, visitId: VisitId): Promise<JoinTicket>;
  /** To watch waiting rooms: a doctor their own, others every one of the organization. */
  forDesk(caller: Caller): Promise<DeskTicket>;
}

export function createTicketService({
  visits,
  seats,
  tickets,
  audit,
  clock,
}: TicketServiceDeps): TicketService {
  const auditOf = (caller: Caller, { visit }: StoredVisit, outcome: 'success' | 'denied') => {
    const target = { entityType: 'visit', entityId: visit.id, patientId: visit.patient.id };
    return personAudit(caller, clock.now(), { action: 'visit.joinTicket', ...target, outcome });
  };

  return {
    async forSeat(caller, visitId) {
      const { userId, sessionId, organizationId } = caller.actor;
      const stored = await visits.find(organizationId, visitId);
      if (!stored) throw visitErrors.notFound();
      const { visit } = stored;
      const seatRole = visitPolicy.seatRoleOf(caller.actor, visit);
      if (!seatRole) {
        await audit.append(auditOf(caller, stored, 'denied'));
        throw visitErrors.notYours();
      }
      if (isVisitOver(visit.state)) throw visitErrors.over();
      const person = seatPersonOf(caller.actor, visit, seatRole);
      const at = clock.now();
      const taken = await seats.take({
        stored,
        userId,
        seatRole,
        name: person.name,
        at,
        heldUntil: new Date(at.getTime() + JOIN_TICKET_TTL_SECONDS * 1000),
        limit: VISIT_MAX_SEATS,
        audit: (id) => ({ ...auditOf(caller, stored, 'success'), detail: { seatId: id } }),
      });
      if (taken === 'full') throw visitErrors.full();
      const seat = { seatId: taken.id, seatRole: taken.seatRole };
      const claims = { sub: userId, sid: sessionId, org: organizationId, visitId, ...seat, ...person };
      return { ...(await tickets.forSeat(claims)), ...seat };
    },

    async forDesk(caller) {
      const { userId, sessionId, organizationId, role, practitionerId } = caller.actor;
      // Each queue that they are then shown is on record with its own row.
      await audit.append(
        personAudit(caller, clock.now(), {
          action: 'queue.watch',
          entityType: 'practitioner',
          entityId: practitionerId,
          patientId: null,
        }),
      );
      const claims = { sub: userId, sid: sessionId, org: organizationId, role, practitionerId };
      const ticket = await tickets.forDesk(claims);
      return { ...ticket, role, practitionerId };
    },
  };
}
