import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { createTenancy, type Tenancy } from './tenancy.ts';
import { TenantPool } from './tenant-pool.ts';

const DATE_OID = 1082;
const CONNECT_TIMEOUT_MS = 5_000;
/** No request waits longer for a statement; migrations run elsewhere. */
const STATEMENT_TIMEOUT_MS = 15_000;

export interface DatabaseOptions {
  /** `postgresql://…` */
  readonly url: string;
  /** The most connections that this process opens. */
  readonly poolSize: number;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

export interface Database {
  /** Models, for everything but the few hot reads. */
  readonly prisma: PrismaClient;
  /** The same connections, for prepared SQL. A `date` comes back as `YYYY-MM-DD`, an instant as a Date. */
  readonly pool: pg.Pool;
  /** Which rows the queries of both find. */
  readonly tenancy: Tenancy;
  /** Loads what the first query would have to wait for. A database that is away is left for that query to find. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** What our processes work on: outside of {@link Tenancy} no row of any tenant is there. */
export function createDatabase(options: DatabaseOptions): Database {
  const tenancy = createTenancy();
  return databaseOver(new TenantPool(configOf(options), tenancy), tenancy, options);
}

/** All rows of all tenants, as their owner: for the demo clinic, and for tests that look at what has been done. */
export function createOwnersDatabase(options: DatabaseOptions): Database {
  return databaseOver(new pg.Pool(configOf(options)), createTenancy(), options);
}

function configOf({ url, poolSize }: DatabaseOptions): pg.PoolConfig {
  const types = new pg.TypeOverrides();
  // A calendar date is not an instant: the driver's default would turn it into local midnight.
  types.setTypeParser(DATE_OID, (value) => value);
  return {
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'careconnect',
    types,
  };
}

/** One pool for Prisma's models and prepared SQL alike, so that `poolSize` is the whole truth. */
function databaseOver(pool: pg.Pool, tenancy: Tenancy, { onConnectionError }: DatabaseOptions): Database {
  pool.on('error', (error) => onConnectionError?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    tenancy,
    async warmUp() {
      await prisma.$queryRaw`SELECT 1`.catch(() => undefined);
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
