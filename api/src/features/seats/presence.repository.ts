import type { OrganizationId, PractitionerId } from '@careconnect/contracts';
import { prepared } from '../../core/prepared.ts';
import { FACT_ROWS, IS_SEAT_OF_FACT } from './fact-rows.ts';

/** A doctor in whose queue somebody has come or gone. */
export interface TouchedQueue {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
}

/** One statement for facts about different seats; answers with the queues that show a difference. */
function changePresence(name: string, change: string, isNews: string) {
  return prepared<TouchedQueue>(
    `fact.${name}`,
    `WITH changed AS (
       UPDATE visit_participant seat SET ${change} FROM ${FACT_ROWS}, visit
        WHERE visit.organization_id = seat.organization_id AND visit.id = seat.visit_id AND ${isNews}
       RETURNING visit.organization_id, visit.practitioner_id
     )
     SELECT DISTINCT organization_id AS "organizationId", practitioner_id AS "practitionerId" FROM changed`,
  );
}

/** Connections from before nodes had names belong to whichever node asks. */
const IS_OF_NODE = '(seat.connected_to = fact.node OR seat.connected_to IS NULL)';

/** Nobody is connected to the node any more, in whatever organization. */
export const storeStart = changePresence(
  'started',
  'is_present = false, left_at = fact.at',
  `seat.is_present AND seat.connected_at < fact.at AND ${IS_OF_NODE}`,
);

/**
 * Only a later connection counts, so a fact that is told again after the seat was left changes nothing. Their ticket
 * is used: from here on being connected is what takes the seat.
 */
export const storeConnected = changePresence(
  'connected',
  `is_present = true, connected_at = fact.at, connected_to = fact.node, held_until = NULL, left_at = NULL,
   has_left = false`,
  `${IS_SEAT_OF_FACT} AND (seat.connected_at IS NULL OR seat.connected_at < fact.at)`,
);

export const storeDisconnected = changePresence(
  'disconnected',
  'is_present = false, left_at = fact.at',
  `${IS_SEAT_OF_FACT} AND seat.is_present AND seat.connected_at <= fact.at AND ${IS_OF_NODE}`,
);

export const storeGoodbye = changePresence(
  'goodbye',
  'is_present = false, left_at = fact.at, has_left = true',
  `${IS_SEAT_OF_FACT} AND NOT seat.has_left AND (seat.connected_at IS NULL OR seat.connected_at <= fact.at)`,
);
