import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { createCataloguePool } from './catalogue-pool.ts';

type PgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

export interface MigrationAdapterFactory extends SqlMigrationAwareDriverAdapterFactory {
  /** Closes every connection that the schema engine has left open. */
  close(): Promise<void>;
}

/**
 * Prisma's own adapter with three things mended for migrations: a script runs as one whole, in one
 * transaction (theirs is cut at every semicolon, function bodies too); the catalogue of a database
 * with CHECK constraints can be read; and a shadow database really is another one, gone afterwards.
 */
export function createMigrationAdapter(databaseUrl: string): MigrationAdapterFactory {
  const target = parseUrl(databaseUrl);
  const open: PgAdapter[] = [];

  async function connectTo(database: string | undefined): Promise<PgAdapter> {
    const catalogue = createCataloguePool({
      ...target,
      ...(database === undefined ? {} : { database }),
    });
    const adapter = await new PrismaPg(catalogue.pool, { disposeExternalPool: true }).connect();
    open.push(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      executeScript: async (script: string) => void (await catalogue.pool.query(script)),
      queryRaw: async (query: SqlQuery) => catalogue.restoreTypes(await queryRaw(query)),
    });
  }

  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectTo(target.database),
    async connectToShadowDb() {
      const main = await connectTo(target.database);
      const database = `prisma_migrate_shadow_db_${randomUUID()}`;
      await main.executeScript(`CREATE DATABASE "${database}"`);
      const shadow = await connectTo(database);
      const closeConnections = shadow.dispose.bind(shadow);
      return Object.assign(shadow, {
        dispose: async () => {
          await closeConnections();
          await main.executeScript(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
        },
      });
    },
    async close() {
      // Last opened first: a shadow database is dropped over the connection opened before it.
      for (const adapter of open.reverse()) {
        if (!adapter.underlyingDriver().ended) await adapter.dispose();
      }
    },
  };
}

/** As separate fields, because a connection string would win over the name of the shadow database. */
function parseUrl(databaseUrl: string): pg.PoolConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: databaseUrl });
  return {
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(password == null ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ssl,
  };
}
