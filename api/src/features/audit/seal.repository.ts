import type { Database } from '@careconnect/prisma';
import type { PoolClient } from 'pg';
import { prepared } from '../../core/prepared.ts';
import { inSqlTransaction } from '../../core/sql-transaction.ts';
import { INSERT_SEAL, SEAL, sealValues, TRAIL_ROW } from './seal-row.repository.ts';
import type { Seal } from './seal.ts';
import type { TrailRow } from './trail-row.ts';

/** Rows of one organization that have no seal yet. */
export interface Waiting {
  readonly organizationId: string;
  /** How long the oldest of them has been stored. */
  readonly seconds: number;
}

export type MakeSeal = (rows: readonly TrailRow[], last: Seal | null) => Seal;

export interface SealRepository {
  waiting(): Promise<Waiting[]>;
  /**
   * Appends one seal to the chain of an organization, over at most `maxRows` that have none, oldest first.
   * @returns null when there is none to seal, or another node is just sealing them
   */
  append(organizationId: string, maxRows: number, make: MakeSeal): Promise<Seal | null>;
}

/**
 * One step for each organization, however many rows wait. The version 7 of an id says when the row was stored, on the
 * database's own clock.
 */
const readWaiting = prepared<Waiting>(
  'audit.waiting',
  `WITH RECURSIVE found AS (
     (SELECT organization_id, id, at FROM audit_event WHERE seal_number IS NULL ORDER BY organization_id, id LIMIT 1)
     UNION ALL
     SELECT further.* FROM found CROSS JOIN LATERAL (
       SELECT organization_id, id, at FROM audit_event
        WHERE seal_number IS NULL AND organization_id > found.organization_id ORDER BY organization_id, id LIMIT 1
     ) AS further
   )
   SELECT organization_id::text AS "organizationId",
          greatest(0, extract(epoch FROM clock_timestamp() - coalesce(uuid_extract_timestamp(id), at)))::float8 AS seconds
     FROM found`,
);

/** Whoever does not get it has nothing to wait for: the other node is sealing the same rows. */
const takeTurn = prepared<{ isOurs: boolean }>(
  'audit.sealTurn',
  `SELECT pg_try_advisory_xact_lock(hashtextextended('audit_seal:' || $1::text, 0)) AS "isOurs"`,
);

const readLast = prepared<Seal>(
  'audit.lastSeal',
  `SELECT ${SEAL} FROM audit_seal WHERE organization_id = $1 ORDER BY number DESC LIMIT 1`,
);

const readUnsealed = prepared<TrailRow>(
  'audit.unsealed',
  `SELECT ${TRAIL_ROW} FROM audit_event WHERE organization_id = $1 AND seal_number IS NULL
    ORDER BY audit_event.id LIMIT $2`,
);

const insertSeal = prepared('audit.insertSeal', INSERT_SEAL);

const markSealed = prepared<{ id: string }>(
  'audit.markSealed',
  `UPDATE audit_event SET seal_number = $1 WHERE id = ANY($2::uuid[]) AND seal_number IS NULL RETURNING id`,
);

export function createSealRepository({ pool, tenancy }: Pick<Database, 'pool' | 'tenancy'>): SealRepository {
  return {
    // One after the other it takes the rows of all tenants, by the clock.
    waiting: () => tenancy.runAsSystem(() => readWaiting(pool, [])),

    append: (organizationId, maxRows, make) =>
      tenancy.runAsSystem(() =>
        inSqlTransaction(pool, async (client) => {
          const [turn] = await takeTurn(client, [organizationId]);
          if (!turn?.isOurs) return null;
          const [last = null] = await readLast(client, [organizationId]);
          const rows = await readUnsealed(client, [organizationId, maxRows]);
          if (rows.length === 0) return null;
          const seal = make(rows, last);
          await store(client, seal, rows);
          return seal;
        }),
      ),
  };
}

async function store(client: PoolClient, seal: Seal, rows: readonly TrailRow[]): Promise<void> {
  await insertSeal(client, sealValues(seal));
  const sealed = await markSealed(client, [seal.number, rows.map(({ id }) => id)]);
  if (sealed.length !== rows.length) throw new Error('rows of this seal have got another meanwhile');
}
