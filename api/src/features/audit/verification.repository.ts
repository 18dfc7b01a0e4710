import type { Database } from '@careconnect/prisma';
import { SEAL, TRAIL_ROW } from './seal-row.repository.ts';
import type { Seal } from './seal.ts';
import type { SealedRow } from './verification.ts';

export interface Unsealed {
  readonly count: number;
  /** How long the oldest has been stored; 0 when there is none. */
  readonly seconds: number;
}

/** Reads without a lock and without one long transaction: what is sealed does not change while it is read. */
export interface VerificationRepository {
  /** By id, with the slug where there still is one. */
  organizations(): Promise<Map<string, string>>;
  newestNumber(organizationId: string): Promise<number>;
  seals(organizationId: string, upTo: number): AsyncIterable<Seal>;
  /** Those of seals up to one, and those whose seal is not there at all. */
  rows(organizationId: string, upTo: number): AsyncIterable<SealedRow>;
  unsealed(organizationId: string): Promise<Unsealed>;
}

const SEALS_A_PAGE = 500;
const ROWS_A_PAGE = 5_000;

const ORGANIZATIONS = `
  WITH RECURSIVE event AS (
    (SELECT organization_id FROM audit_event ORDER BY organization_id LIMIT 1)
    UNION ALL
    SELECT further.organization_id FROM event CROSS JOIN LATERAL (
      SELECT organization_id FROM audit_event WHERE organization_id > event.organization_id
       ORDER BY organization_id LIMIT 1) AS further
  ), seal AS (
    (SELECT organization_id FROM audit_seal ORDER BY organization_id LIMIT 1)
    UNION ALL
    SELECT further.organization_id FROM seal CROSS JOIN LATERAL (
      SELECT organization_id FROM audit_seal WHERE organization_id > seal.organization_id
       ORDER BY organization_id LIMIT 1) AS further
  )
  SELECT coalesce(one.id, other.organization_id)::text AS id,
         coalesce(one.slug, other.organization_id::text) AS name
    FROM organization AS one
    FULL JOIN (SELECT organization_id FROM event UNION SELECT organization_id FROM seal) AS other
      ON other.organization_id = one.id
   ORDER BY 2`;

export function createVerificationRepository({ pool }: Pick<Database, 'pool'>): VerificationRepository {
  async function* paged<T>(read: (after: T | null) => Promise<T[]>, pageSize: number): AsyncGenerator<T> {
    for (let after: T | null = null; ;) {
      const found = await read(after);
      yield* found;
      after = found.at(-1) ?? null;
      if (found.length < pageSize) return;
    }
  }

  return {
    async organizations() {
      const { rows } = await pool.query<{ id: string; name: string }>(ORGANIZATIONS);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    async newestNumber(organizationId) {
      const { rows } = await pool.query<{ newest: number }>(
        'SELECT coalesce(max(number), 0) AS newest FROM audit_seal WHERE organization_id = $1',
        [organizationId],
      );
      return rows[0]?.newest ?? 0;
    },

    seals: (organizationId, upTo) =>
      paged<Seal>(async (after) => {
        const { rows } = await pool.query<Seal>(
          `SELECT ${SEAL} FROM audit_seal WHERE organization_id = $1 AND number > $2 AND number <= $3
            ORDER BY number LIMIT ${SEALS_A_PAGE}`,
          [organizationId, after?.number ?? 0, upTo],
        );
        return rows;
      }, SEALS_A_PAGE),

    rows: (organizationId, upTo) =>
      paged<SealedRow>(async (after) => {
        const { rows } = await pool.query<SealedRow>(
          `SELECT ${TRAIL_ROW}, seal_number AS "sealNumber" FROM audit_event
            WHERE organization_id = $1 AND seal_number IS NOT NULL
              AND ($3::uuid IS NULL OR (seal_number, audit_event.id) > ($2, $3))
              AND (seal_number <= $4 OR NOT EXISTS (
                SELECT FROM audit_seal
                 WHERE audit_seal.organization_id = $1 AND audit_seal.number = audit_event.seal_number))
            ORDER BY seal_number, audit_event.id LIMIT ${ROWS_A_PAGE}`,
          [organizationId, after?.sealNumber ?? null, after?.id ?? null, upTo],
        );
        return rows;
      }, ROWS_A_PAGE),

    async unsealed(organizationId) {
      const { rows } = await pool.query<Unsealed>(
        `SELECT count(*)::int AS count,
                coalesce(greatest(0, max(extract(epoch FROM
                  clock_timestamp() - coalesce(uuid_extract_timestamp(id), at)))), 0)::float8 AS seconds
           FROM audit_event WHERE organization_id = $1 AND seal_number IS NULL`,
        [organizationId],
      );
      return rows[0] ?? { count: 0, seconds: 0 };
    },
  };
}
