import { randomUUID } from 'node:crypto';
import type { SeatId, UserId, VisitId } from '@careconnect/contracts';
import { SEAT_TICKET_AUDIENCE } from '@careconnect/contracts/internal';
import pg from 'pg';
import { signJwt } from '../core/jwt.ts';

const TICKET_LIFETIME_SECONDS = 60;

/** Somebody who may sit in a visit. */
export interface GuestSeat {
  readonly organizationId: string;
  readonly visitId: VisitId;
  readonly userId: UserId;
  readonly seatId: SeatId;
}

/**
 * Gives a visit more people. They are written to the database, because inviting people to a visit has
 * no page yet; from there on api and signaling treat them as anyone.
 */
export async function addGuests(databaseUrl: string, visitId: VisitId, count: number): Promise<GuestSeat[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const seats: GuestSeat[] = [];
    for (let index = 0; index < count; index++) {
      const { rows } = await client.query<{ organization_id: string; user_id: UserId; seat_id: SeatId }>(
        `WITH person AS (INSERT INTO user_account (name, is_guest) VALUES ($2, true) RETURNING id),
              place AS (SELECT organization_id FROM visit WHERE id = $1),
              member AS (INSERT INTO membership (organization_id, user_id, role)
                         SELECT organization_id, person.id, 'patient' FROM place, person
                         RETURNING organization_id, user_id)
         INSERT INTO visit_participant (organization_id, visit_id, user_id, seat_role, display_name)
         SELECT organization_id, $1, user_id, 'guest', $2 FROM member
         RETURNING organization_id, user_id, id AS seat_id`,
        [visitId, `Guest ${index}`],
      );
      const row = rows[0];
      if (!row) throw new Error('The visit to add guests to does not exist.');
      seats.push({
        organizationId: row.organization_id,
        visitId,
        userId: row.user_id,
        seatId: row.seat_id,
      });
    }
    return seats;
  } finally {
    await client.end();
  }
}

/** A join ticket as api mints it, good for one connection. */
export function ticketFor(
  { organizationId, visitId, userId, seatId }: GuestSeat,
  joinTicketSecret: string,
): string {
  return signJwt(
    {
      aud: SEAT_TICKET_AUDIENCE,
      sub: userId,
      sid: randomUUID(),
      jti: randomUUID(),
      org: organizationId,
      visitId,
      seatId,
      seatRole: 'guest',
      name: 'Guest',
    },
    joinTicketSecret,
    TICKET_LIFETIME_SECONDS,
  );
}
