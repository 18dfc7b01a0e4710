import type { Pool, PoolClient, QueryResultRow } from 'pg';

/**
 * A statement that PostgreSQL parses once a connection and plans once it pays. For the few hot reads;
 * everything else goes through Prisma's models. `name` must be unique in the process.
 */
export function prepared<Row extends QueryResultRow>(name: string, text: string) {
  return async (connection: Pool | PoolClient, values: readonly unknown[]): Promise<Row[]> => {
    const { rows } = await connection.query<Row>({ name, text, values: [...values] });
    return rows;
  };
}
