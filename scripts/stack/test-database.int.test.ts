import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createEmptyDatabase, createTestDatabase, dropTestDatabase } from './test-database.ts';

async function tablesOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

test('each test database is its own copy of the migrated template', async () => {
  const [first, second] = await Promise.all([
    createTestDatabase(inject('postgresUrl')),
    createTestDatabase(inject('postgresUrl')),
  ]);
  expect(first).not.toBe(second);
  expect(await tablesOf(first)).toContain('_prisma_migrations');
  await dropTestDatabase(first);
  await expect(tablesOf(first)).rejects.toThrow('does not exist');
  await dropTestDatabase(second);
});

test('an empty database is empty', async () => {
  const url = await createEmptyDatabase(inject('postgresUrl'));
  expect(await tablesOf(url)).toEqual([]);
  await dropTestDatabase(url);
});
