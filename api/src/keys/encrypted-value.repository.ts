import {
  ENCRYPTED_FIELDS,
  type Database,
  type EncryptedColumn,
  type EncryptedField,
} from '@careconnect/prisma';

/** A value as it is stored, and whose it is. */
export interface StoredValue {
  readonly organizationId: string;
  readonly id: string;
  readonly stored: string;
}

export interface Replacement {
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** `e2`, `v1`: the version of the key that a value names, or `plain` for one that names none. */
export type ValueVersion = string;

/** The columns of encrypted values, whatever they belong to. */
export interface EncryptedValueRepository {
  /** Values under another version than this, in the order of their ids. */
  nextOthers(field: EncryptedField, version: ValueVersion, afterId: string): Promise<StoredValue[]>;
  /** Replaces those that still are what they were: an update that came meanwhile stays. Answers how many. */
  replace(field: EncryptedField, replacements: readonly Replacement[]): Promise<number>;
  countByVersion(field: EncryptedField): Promise<ReadonlyMap<ValueVersion, number>>;
}

/** Comes before every id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** So few that nobody who wants one of these rows waits for long. */
const BATCH_SIZE = 200;

export function createEncryptedValueRepository({ pool }: Pick<Database, 'pool'>): EncryptedValueRepository {
  return {
    async nextOthers(field, version, afterId) {
      const { table, column, id, owner = 'organization_id' }: EncryptedColumn = ENCRYPTED_FIELDS[field];
      const { rows } = await pool.query<StoredValue>(
        `SELECT ${owner} AS "organizationId", ${id} AS id, ${column} AS stored FROM ${table}
          WHERE ${id} > $1 AND ${column} IS NOT NULL AND NOT starts_with(${column}, $2)
          ORDER BY ${id} LIMIT ${BATCH_SIZE}`,
        [afterId, `${version}.`],
      );
      return rows;
    },

    async replace(field, replacements) {
      const { table, column, id } = ENCRYPTED_FIELDS[field];
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        // What is written once may be encrypted anew (see refuse_change).
        await client.query(`SET LOCAL careconnect.rewriting = 'on'`);
        const { rowCount } = await client.query(
          `UPDATE ${table} t SET ${column} = r.after
             FROM unnest($1::uuid[], $2::text[], $3::text[]) AS r (id, before, after)
            WHERE t.${id} = r.id AND t.${column} = r.before`,
          [
            replacements.map((each) => each.id),
            replacements.map(({ before }) => before),
            replacements.map(({ after }) => after),
          ],
        );
        await client.query('COMMIT');
        return rowCount ?? 0;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },

    async countByVersion(field) {
      const { table, column } = ENCRYPTED_FIELDS[field];
      const { rows } = await pool.query<{ version: ValueVersion; count: number }>(
        `SELECT coalesce(substring(${column} FROM '^([ev][0-9]+)\\.[A-Za-z0-9_-]+$'), 'plain') AS version,
                count(*)::int AS count
           FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
      );
      return new Map(rows.map(({ version, count }) => [version, count]));
    },
  };
}
