import {
  ACTIVE_WITHIN_DAYS,
  ClinicRole,
  ORGANIZATIONS_MAX,
  type OrganizationOverview,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';

export interface OrganizationRepository {
  /** Every clinic by name, with how many belong to it. As the system: no organization sees another. */
  list(now: Date): Promise<OrganizationOverview[]>;
}

interface Row extends Omit<OrganizationOverview, 'createdAt' | 'suspension' | 'members'> {
  readonly createdAt: Date;
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  readonly members: Partial<OrganizationOverview['members']>;
}

// Guests of one visit have an account that nobody signs in to again: they are no members.
const selectAll = prepared<Row>(
  'organization.list',
  `WITH member AS (
     SELECT m.organization_id, m.role, count(*)::int AS count
       FROM membership m JOIN user_account u ON u.id = m.user_id
      WHERE m.status = 'active' AND NOT u.is_guest
      GROUP BY m.organization_id, m.role
   ), active AS (
     SELECT s.organization_id, count(DISTINCT s.user_id)::int AS count
       FROM session s JOIN user_account u ON u.id = s.user_id
      WHERE s.last_seen_at > $1::timestamptz - interval '${ACTIVE_WITHIN_DAYS} days' AND NOT u.is_guest
      GROUP BY s.organization_id
   )
   SELECT o.id, o.slug, o.name, o.country, o.time_zone AS "timeZone", o.created_at AS "createdAt",
          o.suspended_at AS "suspendedAt", o.suspension_reason AS "suspensionReason",
          (SELECT coalesce(json_object_agg(role, count), '{}') FROM member WHERE organization_id = o.id) AS members,
          coalesce((SELECT count FROM active WHERE organization_id = o.id), 0) AS "activeMembers",
          CASE WHEN EXISTS (SELECT FROM membership WHERE organization_id = o.id) THEN 'joined'
               WHEN EXISTS (SELECT FROM identity_link WHERE organization_id = o.id AND purpose = 'invitation'
                               AND used_at IS NULL AND expires_at > $1) THEN 'invited'
               ELSE 'missing' END AS "firstAdministrator"
     FROM organization o
    WHERE o.kind = 'clinic'
    ORDER BY lower(o.name), o.id
    LIMIT ${ORGANIZATIONS_MAX}`,
);

export function createOrganizationRepository({
  pool,
  tenancy,
}: Pick<Database, 'pool' | 'tenancy'>): OrganizationRepository {
  return {
    async list(now) {
      const rows = await tenancy.runAsSystem(() => selectAll(pool, [now]));
      return rows.map(toOverview);
    },
  };
}

function toOverview({
  createdAt,
  suspendedAt,
  suspensionReason,
  members,
  ...row
}: Row): OrganizationOverview {
  const counts = ClinicRole.options.map((role) => [role, members[role] ?? 0] as const);
  return {
    ...row,
    members: Object.fromEntries(counts) as OrganizationOverview['members'],
    createdAt: createdAt.toISOString(),
    suspension: suspendedAt && { since: suspendedAt.toISOString(), reason: suspensionReason ?? '' },
  };
}
