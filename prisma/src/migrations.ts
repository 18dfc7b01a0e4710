import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { createMigrationAdapter } from './migration-adapter.ts';
import { requireFitServer } from './required-server.ts';
import { openSchemaEngine } from './schema-engine.ts';
import { MIGRATIONS_DIR, readMigrations, readSchema } from './schema-files.ts';

/** Any number, as long as nothing else in the database locks on it. */
const LOCK_KEY = 4_120_771_301;
const EVERYTHING = { externalTables: [], externalEnums: [] };

export interface MigrationStatus {
  readonly pending: readonly string[];
  readonly failed: readonly string[];
  /** Applied, but changed on disk since. */
  readonly edited: readonly string[];
}

/**
 * Applies what the database does not have yet and answers with the names. Two starts at once are safe:
 * the second waits for the first. `prisma migrate deploy` keeps the same history table.
 */
export async function deployMigrations(databaseUrl: string): Promise<string[]> {
  await requireFitServer(databaseUrl);
  return withLock(databaseUrl, () =>
    withEngine(databaseUrl, async (engine) => {
      const migrationsList = await readMigrations();
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: EVERYTHING });
      return appliedMigrationNames;
    }),
  );
}

export function migrationStatus(databaseUrl: string): Promise<MigrationStatus> {
  return withEngine(databaseUrl, async (engine) => {
    const migrationsList = await readMigrations();
    const found = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: EVERYTHING,
    });
    const { history } = found;
    const pending = history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
    return {
      pending: found.hasMigrationsTable
        ? pending
        : migrationsList.migrationDirectories.map((migration) => migration.path),
      failed: found.failedMigrationNames,
      edited: found.editedMigrationNames,
    };
  });
}

/** SQL that would take the migrated database to the schema; empty when the two say the same. */
export function schemaDrift(databaseUrl: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', ...(await readSchema()) },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: EVERYTHING,
    } as Parameters<SchemaEngine['diff']>[0]);
    return (stdout ?? '').replace('-- This is an empty migration.', '').trim();
  });
}

/** Writes the drift as a new migration and answers with its file, or null when there is nothing to write. */
export async function createMigration(databaseUrl: string, name: string, now: Date): Promise<string | null> {
  const script = await schemaDrift(databaseUrl);
  if (script === '') return null;
  const stamp = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const directory = join(MIGRATIONS_DIR, `${stamp}_${name}`);
  const file = join(directory, 'migration.sql');
  await mkdir(directory);
  await writeFile(file, `${script}\n`);
  return file;
}

async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const adapter = createMigrationAdapter(databaseUrl);
  try {
    const engine = await openSchemaEngine(adapter, await readSchema());
    return await use(engine);
  } finally {
    await adapter.close();
  }
}

async function withLock<T>(databaseUrl: string, use: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    return await use();
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}
