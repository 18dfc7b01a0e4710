import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

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
  /** Loads what the first query would have to wait for. A database that is away is left for that query to find. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** One pool for Prisma's models and prepared SQL alike, so that `poolSize` is the whole truth. */
export function createDatabase({ url, poolSize, onConnectionError }: DatabaseOptions): Database {
  const types = new pg.TypeOverrides();
  // A calendar date is not an instant: the driver's default would turn it into local midnight.
  types.setTypeParser(DATE_OID, (value) => value);
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'careconnect',
    types,
  });
  pool.on('error', (error) => onConnectionError?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    async warmUp() {
      await prisma.$queryRaw`SELECT 1`.catch(() => undefined);
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
