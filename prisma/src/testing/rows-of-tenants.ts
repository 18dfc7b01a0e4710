import type pg from 'pg';

/** Every table that has rows of tenants, as the database itself lists them. */
export async function tenantTables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND attname = 'organization_id' AND NOT attisdropped ORDER BY relname`);
  return rows.map(({ name }) => name);
}

const VALUE_OF_TYPE: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: `gen_random_uuid()::text`,
  citext: `gen_random_uuid()::text`,
  bytea: `decode(md5(random()::text), 'hex')`,
  jsonb: `'{}'`,
  bool: 'false',
  date: `'2026-01-01'`,
  timestamptz: 'clock_timestamp()',
};

/**
 * One row for each organization in each of these tables, also in those that are made later. What they point at is not
 * there and what they say makes no sense, so what would refuse them is taken away: for throwaway databases.
 */
export async function addRowsOfTenants(
  pool: pg.Pool,
  tables: readonly string[],
  organizationIds: readonly string[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`SET session_replication_role = replica`);
    for (const table of tables) {
      await dropConditions(client, table);
      const columns = await requiredColumns(client, table);
      const names = columns.map(({ name }) => name).join(', ');
      for (const id of organizationIds) {
        const values = columns.map(({ name, type, enumerated }) =>
          name === 'organization_id' ? `'${id}'` : (enumerated ?? valueOf(type)),
        );
        await client.query(`INSERT INTO ${table} (${names}) VALUES (${values.join(', ')})`);
      }
    }
  } finally {
    // With its setting.
    client.release(true);
  }
}

/** PostgreSQL calls the array of a type `_type`. */
function valueOf(type: string): string {
  return type.startsWith('_') ? `'{}'` : (VALUE_OF_TYPE[type] ?? '1');
}

async function dropConditions(client: pg.PoolClient, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'x')`,
    [table],
  );
  for (const { name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** The first value of an enum. */
  readonly enumerated: string | null;
}

async function requiredColumns(client: pg.PoolClient, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, typname AS type,
            (SELECT quote_literal(enumlabel) FROM pg_enum WHERE enumtypid = pg_type.oid
              ORDER BY enumsortorder LIMIT 1) AS enumerated
       FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
        AND (attname = 'organization_id' OR (attnotnull AND NOT atthasdef))`,
    [table],
  );
  return rows;
}
