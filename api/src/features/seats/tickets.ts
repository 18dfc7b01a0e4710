import { randomUUID } from 'node:crypto';
import { JOIN_TICKET_TTL_SECONDS } from '@careconnect/contracts';
import {
  DESK_TICKET_AUDIENCE,
  SEAT_TICKET_AUDIENCE,
  type DeskTicketClaims,
  type SeatTicketClaims,
} from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import { SignJWT } from 'jose';

export interface Ticket {
  readonly ticket: string;
  readonly expiresAt: string;
}

/** Mints what signaling lets people in for. Each is good for one connection within a minute. */
export interface Tickets {
  forSeat(claims: Omit<SeatTicketClaims, 'jti' | 'exp'>): Promise<Ticket>;
  forDesk(claims: Omit<DeskTicketClaims, 'jti' | 'exp'>): Promise<Ticket>;
}

export interface TicketsDeps {
  /** Shared with signaling. */
  readonly secret: string;
  readonly clock: Clock;
}

export function createTickets({ secret, clock }: TicketsDeps): Tickets {
  const key = new TextEncoder().encode(secret);

  async function mint(audience: string, claims: Record<string, unknown>): Promise<Ticket> {
    const exp = Math.floor(clock.now().getTime() / 1000) + JOIN_TICKET_TTL_SECONDS;
    const ticket = await new SignJWT({ ...claims, jti: randomUUID(), exp })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .sign(key);
    return { ticket, expiresAt: new Date(exp * 1000).toISOString() };
  }

  return {
    forSeat: (claims) => mint(SEAT_TICKET_AUDIENCE, claims),
    forDesk: (claims) => mint(DESK_TICKET_AUDIENCE, claims),
  };
}
