import type {
  OrganizationId,
  PatientId,
  RelatedPersonId,
  Relationship,
  UserId,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { ActingGrant } from './acting-policy.ts';
import { prepared } from './prepared.ts';

export interface FoundGrant extends ActingGrant {
  readonly id: RelatedPersonId;
  readonly relationship: Relationship;
  readonly today: string;
}

export interface ActingRepository {
  /** The one that is open between the two, `none` where there is none, null where there is no such patient. */
  find(asked: ActingAsked): Promise<FoundGrant | 'none' | null>;
}

export interface ActingAsked {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly patientId: PatientId;
  readonly at: Date;
}

type Row = Omit<FoundGrant, 'id'> & { readonly id: RelatedPersonId | null };

const selectGrant = prepared<Row>(
  'acting.find',
  `SELECT r.id, r.relationship, r.status, r.scopes::text[] AS scopes,
          ((r.granted_at AT TIME ZONE o.time_zone)::date)::text AS "grantedOn",
          p.birth_date::text AS "birthDate", (($4::timestamptz AT TIME ZONE o.time_zone)::date)::text AS today
     FROM patient p
     JOIN organization o ON o.id = p.organization_id
     LEFT JOIN related_person r ON r.organization_id = p.organization_id AND r.patient_id = p.id
      AND r.user_id = $2 AND r.status <> 'ended'
    WHERE p.organization_id = $1 AND p.id = $3`,
);

export function createActingRepository({
  pool,
  tenancy,
}: Pick<Database, 'pool' | 'tenancy'>): ActingRepository {
  return {
    async find({ organizationId, userId, patientId, at }) {
      const [row] = await tenancy.runAsTenant(organizationId, () =>
        selectGrant(pool, [organizationId, userId, patientId, at]),
      );
      if (!row) return null;
      const { id, ...grant } = row;
      return id === null ? 'none' : { ...grant, id };
    },
  };
}
