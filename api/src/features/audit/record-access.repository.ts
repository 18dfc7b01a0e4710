import type {
  EmergencyAccessCategory,
  EmergencyAccessId,
  OrganizationId,
  PatientId,
  Relationship,
  UserId,
} from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import type { AccessGroup } from './trail.ts';

export interface AccessAsked {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  /** Whose own rows are left out; null for nobody's. */
  readonly without: UserId | null;
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface RecordAccessRepository {
  /** Newest first, what was refused or failed left out. */
  find(asked: AccessAsked): Promise<AccessGroup[]>;
}

type GroupRow = Omit<AccessGroup, 'actor' | 'emergency'> & {
  readonly actorUserId: UserId | null;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly relationship: Relationship | null;
  readonly emergencyId: EmergencyAccessId | null;
  readonly emergencyCategory: EmergencyAccessCategory;
  /** Ciphertext. */
  readonly emergencyReason: string;
};

/** The same words for all lists and searches: what matters is that the name was seen. */
const LISTED = Prisma.sql`'listed'`;

export interface RecordAccessRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createRecordAccessRepository({
  database: { prisma },
  cipher,
}: RecordAccessRepositoryDeps): RecordAccessRepository {
  return {
    async find({ organizationId, patientId, without, limit, after }) {
      const part = (action: Prisma.Sql, condition: Prisma.Sql) => Prisma.sql`
        SELECT at, id, actor_user_id, actor_role, ${action} AS action, detail ->> 'reason' AS reason,
               detail ->> 'emergencyAccessId' AS emergency_id
          FROM audit_event
         WHERE organization_id = ${organizationId}::uuid AND outcome = 'success' AND ${condition}
           AND (${without}::uuid IS NULL OR actor_user_id IS DISTINCT FROM ${without}::uuid)`;
      const isShown = Prisma.sql`detail ? 'patientIds' AND detail -> 'patientIds' ?| ARRAY[${patientId}]
        AND patient_id IS DISTINCT FROM ${patientId}::uuid`;
      const notSeen = after
        ? Prisma.sql`HAVING (max(at), max(event.id::text)) < (${after.at}, ${after.id})`
        : Prisma.empty;
      const rows = await prisma.$queryRaw<GroupRow[]>`
        WITH event AS (
          ${part(Prisma.sql`action`, Prisma.sql`patient_id = ${patientId}::uuid`)}
          UNION ALL ${part(LISTED, Prisma.sql`seal_number IS NOT NULL AND ${isShown}`)}
          UNION ALL ${part(LISTED, Prisma.sql`seal_number IS NULL AND ${isShown}`)}
        ), day_group AS (
          SELECT (at AT TIME ZONE time_zone)::date AS day, actor_user_id, actor_role, action, reason, emergency_id,
                 min(at) AS first_at, max(at) AS last_at, max(event.id::text) AS last_id, count(*)::int AS count
            FROM event JOIN organization ON organization.id = ${organizationId}::uuid
           GROUP BY 1, 2, 3, 4, 5, 6 ${notSeen}
           ORDER BY last_at DESC, last_id DESC LIMIT ${limit}
        )
        SELECT day::text, first_at AS "firstAt", last_at AS "lastAt", last_id AS "lastId", count, action, day_group.reason,
               actor_user_id AS "actorUserId", actor_role AS "actorRole",
               coalesce(practitioner.name, person.name) AS "actorName", relation.relationship::text, emergency.id AS "emergencyId",
               emergency.category::text AS "emergencyCategory", emergency.reason AS "emergencyReason"
          FROM day_group
          LEFT JOIN user_account AS person ON person.id = actor_user_id
          LEFT JOIN practitioner ON practitioner.organization_id = ${organizationId}::uuid
                                AND practitioner.user_id = actor_user_id
          LEFT JOIN LATERAL (
            SELECT relationship FROM related_person
             WHERE organization_id = ${organizationId}::uuid AND patient_id = ${patientId}::uuid
               AND user_id = actor_user_id
             ORDER BY id DESC LIMIT 1
          ) AS relation ON true
          LEFT JOIN emergency_access AS emergency ON emergency.organization_id = ${organizationId}::uuid
                                                 AND emergency.patient_id = ${patientId}::uuid
                                                 AND emergency.id::text = emergency_id
         ORDER BY last_at DESC, last_id DESC`;
      return rows.map((row) => toGroup(row, organizationId, cipher));
    },
  };
}

function toGroup(row: GroupRow, organizationId: OrganizationId, cipher: FieldCipher): AccessGroup {
  const { actorUserId: userId, actorName: name, actorRole: role, relationship, ...rest } = row;
  const { emergencyId: id, emergencyCategory: category, emergencyReason: sealed, ...group } = rest;
  const emergency = id && {
    id,
    category,
    reason: cipher.decrypt('emergency_access.reason', { organizationId, id }, sealed),
  };
  return { ...group, actor: { userId, name, role, relationship }, emergency };
}
