import { createHash } from 'node:crypto';
import type { Database } from '@careconnect/prisma';

/** A digest of everything that an organization has, and of what its people have. */
export async function digestOf({ pool }: Pick<Database, 'pool'>, organizationId: string): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    SELECT quote_ident(table_name) AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`);
  const asked = [
    ...tables.map(({ name }) => `SELECT t::text AS row FROM ${name} t WHERE organization_id = $1`),
    `SELECT u::text AS row FROM user_account u JOIN membership m ON m.user_id = u.id WHERE m.organization_id = $1`,
    `SELECT c::text AS row FROM code_factor c JOIN membership m ON m.user_id = c.user_id WHERE m.organization_id = $1`,
    `SELECT k::text AS row FROM passkey k JOIN membership m ON m.user_id = k.user_id WHERE m.organization_id = $1`,
  ];
  const hash = createHash('sha256');
  for (const question of asked) {
    const { rows } = await pool.query<{ row: string }>(`${question} ORDER BY 1`, [organizationId]);
    hash.update(JSON.stringify(rows));
  }
  return hash.digest('hex');
}
