import type { Database } from '@careconnect/prisma';

/** How many rows every table has. Audit rows are left out on request: a refused try may be on record. */
export async function rowCounts(
  { pool }: Pick<Database, 'pool'>,
  { withAudit = true }: { withAudit?: boolean } = {},
): Promise<Record<string, number>> {
  const tables = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const names = tables.rows.map(({ name }) => name).filter((name) => withAudit || name !== 'audit_event');
  const counted = names.map(async (name) => {
    const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM ${name}`);
    return [name, Number(rows[0]?.count)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}
