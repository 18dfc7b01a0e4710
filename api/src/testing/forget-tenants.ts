import type { Database } from '@careconnect/prisma';
import type { PoolClient } from 'pg';

const CONDITION = /(?:"?\w+"?\.)*"?organization_id"? = (\$\d+)(?:::uuid)?/g;

/**
 * From here on no query asks for the rows of one organization: what models and prepared SQL have of such conditions is
 * taken out, on its way to the database. Answers how many were. For a pool that has no connection yet.
 */
export function forgetTenants({ pool }: Pick<Database, 'pool'>): () => number {
  let forgotten = 0;
  const forget = (text: string) =>
    text.replaceAll(CONDITION, (_condition, parameter: string) => {
      forgotten += 1;
      return `${parameter}::uuid IS NOT NULL`;
    });
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    Object.assign(client, {
      query: (asked: string | { text: string }, ...rest: unknown[]) =>
        query(typeof asked === 'string' ? forget(asked) : { ...asked, text: forget(asked.text) }, ...rest),
    });
  });
  return () => forgotten;
}
