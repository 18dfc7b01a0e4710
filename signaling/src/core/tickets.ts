import {
  DESK_TICKET_AUDIENCE,
  DeskTicketClaims,
  SEAT_TICKET_AUDIENCE,
  SeatTicketClaims,
} from '@careconnect/contracts/internal';
import { AppError, type Clock } from '@careconnect/platform';
import { jwtVerify } from 'jose';
import type { z } from 'zod';
import type { UsedTickets } from '../cluster/used-tickets.ts';

/** Turns a ticket into its claims, once. Errors: TICKET_INVALID, TICKET_USED. */
export interface TicketDesk {
  redeemSeat(ticket: string): Promise<SeatTicketClaims>;
  redeemDesk(ticket: string): Promise<DeskTicketClaims>;
}

// The clocks of two machines differ a little, and a ticket lives only 60 s.
const CLOCK_TOLERANCE_SECONDS = 5;

export function createTicketDesk(secret: string, used: UsedTickets, clock: Clock): TicketDesk {
  const key = new TextEncoder().encode(secret);

  async function redeem<T extends z.ZodType<{ jti: string; exp: number }>>(
    ticket: string,
    audience: string,
    schema: T,
  ): Promise<z.output<T>> {
    const claims = schema.safeParse(await verify(ticket, audience));
    if (!claims.success) throw invalid(claims.error);
    const { jti, exp } = claims.data;
    // For as long as the ticket would be good.
    if (!(await used.add(jti, (exp + CLOCK_TOLERANCE_SECONDS) * 1000))) throw alreadyUsed();
    return claims.data;
  }

  async function verify(ticket: string, audience: string): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(ticket, key, {
        algorithms: ['HS256'],
        audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'jti', 'sub'],
      });
      return payload;
    } catch (cause) {
      throw invalid(cause);
    }
  }

  return {
    redeemSeat: (ticket) => redeem(ticket, SEAT_TICKET_AUDIENCE, SeatTicketClaims),
    redeemDesk: (ticket) => redeem(ticket, DESK_TICKET_AUDIENCE, DeskTicketClaims),
  };
}

function invalid(cause: unknown): AppError {
  return new AppError('TICKET_INVALID', 'This way in has expired. Please open the page again.', { cause });
}

function alreadyUsed(): AppError {
  return new AppError('TICKET_USED', 'This way in has been used already. Please open the page again.');
}
