import { NARROWED_ROLES, type OrganizationId, type UserId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { prepared } from './prepared.ts';
import type { Reach } from './reach.ts';
import { sqlNames } from './sql-names.ts';

const WORKS_FOR_AREAS = `m.role IN (${sqlNames(NARROWED_ROLES)}) AND EXISTS (
  SELECT FROM membership_area WHERE organization_id = m.organization_id AND user_id = m.user_id)`;

/**
 * What a membership `m` reaches: of somebody who is kept to departments and locations the doctors of these, as they are
 * now; null for everybody else. A doctor without a department is in none.
 */
export const REACH = `CASE WHEN ${WORKS_FOR_AREAS} THEN ARRAY(
  SELECT within.id FROM practitioner within
    JOIN department place ON place.organization_id = within.organization_id AND place.id = within.department_id
   WHERE within.organization_id = m.organization_id AND EXISTS (
     SELECT FROM membership_area area
      WHERE area.organization_id = m.organization_id AND area.user_id = m.user_id
        AND (area.department_id = place.id OR area.location_id = place.location_id))) END`;

export interface ReachRepository {
  /** Of somebody without a session at hand; an empty one of whoever is no active member. */
  find(organizationId: OrganizationId, userId: UserId): Promise<Reach>;
}

const selectReach = prepared<{ reach: Reach }>(
  'reach.find',
  `SELECT ${REACH} AS reach FROM membership m
    WHERE m.organization_id = $1 AND m.user_id = $2 AND m.status = 'active'`,
);

export function createReachRepository({ pool }: Pick<Database, 'pool'>): ReachRepository {
  return {
    async find(organizationId, userId) {
      const [member] = await selectReach(pool, [organizationId, userId]);
      return member ? member.reach : [];
    },
  };
}
