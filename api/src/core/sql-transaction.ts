import type { Pool, PoolClient } from 'pg';

/** As `inTransaction`, for the few hot writes that are prepared SQL: everything that `work` does, or none of it. */
export async function inSqlTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even do this is not given to anybody else.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (cause: Error) => client.release(cause),
    );
    throw error;
  }
}
