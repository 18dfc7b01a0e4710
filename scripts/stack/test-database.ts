import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { logFile } from '../lib/places.mjs';
import { migrate } from './database-tasks.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';

const TEMPLATE = 'careconnect_template';

export type TestPostgres = {
  /** The administrative database. Hand it to test processes, for `createTestDatabase`. */
  url: string;
  stop: () => Promise<void>;
};

/**
 * One throwaway server for a whole test run, its template migrated once. `TEST_DATABASE_URL`
 * names a server to use instead; the databases made there are dropped at `stop`.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startThrowaway() : null;
  const url = server?.url() ?? given ?? '';
  try {
    await migrateTemplate(url);
  } catch (error) {
    await server?.stop();
    throw error;
  }
  return {
    url,
    stop: () => (server ? server.stop() : dropAll(url)),
  };
}

/** Copies the migrated template: about 40 ms, so every test file (or test) can have its own. */
export function createTestDatabase(adminUrl: string): Promise<string> {
  return copyOf(TEMPLATE, adminUrl);
}

/** Without any table. */
export function createEmptyDatabase(adminUrl: string): Promise<string> {
  return copyOf('template0', adminUrl);
}

async function copyOf(template: string, adminUrl: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return urlOf(adminUrl, name);
}

export async function dropTestDatabase(databaseUrl: string): Promise<void> {
  await execute(urlOf(databaseUrl, 'postgres'), dropStatement(nameOf(databaseUrl)));
}

function startThrowaway(): Promise<EmbeddedPostgres> {
  const dataDir = join(tmpdir(), `careconnect-test-${process.pid}-${randomBytes(4).toString('hex')}`);
  return EmbeddedPostgres.start({ dataDir, logFile: logFile('test-postgres'), durability: 'none' });
}

async function migrateTemplate(adminUrl: string): Promise<void> {
  await execute(adminUrl, dropStatement(TEMPLATE));
  await execute(adminUrl, `CREATE DATABASE ${TEMPLATE} TEMPLATE template0`);
  await migrate(urlOf(adminUrl, TEMPLATE));
}

async function dropAll(adminUrl: string): Promise<void> {
  const made = await execute(
    adminUrl,
    `SELECT datname AS name FROM pg_database WHERE datname ~ '^test_[0-9a-f]{16}$'`,
  );
  for (const { name } of [...made, { name: TEMPLATE }]) await execute(adminUrl, dropStatement(name));
}

async function execute(url: string, statement: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}

function dropStatement(database: string): string {
  return `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`;
}

function urlOf(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
