import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { TicketService } from './ticket.service.ts';

export function bindSeatEndpoints(tickets: TicketService): BoundEndpoint[] {
  return bindEndpoints(endpoints.seats, {
    joinTicket: (caller, { params }) => tickets.forSeat(caller, params.visitId),
    deskTicket: (caller) => tickets.forDesk(caller),
  });
}
