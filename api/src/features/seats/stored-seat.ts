import type { Role, SeatId, SeatRole, UserId } from '@careconnect/contracts';
import type { StoredVisit } from '../visits/stored-visit.ts';

/** One person's place in one visit. */
export interface StoredSeat {
  readonly id: SeatId;
  readonly seatRole: SeatRole;
  readonly name: string;
  readonly userId: UserId;
  /** What its person is in the organization. */
  readonly role: Role;
  readonly stored: StoredVisit;
}
