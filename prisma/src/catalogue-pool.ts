import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const INTERNAL_CHAR_OID = 18;
const TEXT_OID = 25;

export interface CataloguePool {
  readonly pool: pg.Pool;
  /** Tells the engine which columns of a result are single characters. */
  restoreTypes(result: SqlResultSet): SqlResultSet;
}

/**
 * The schema engine reads columns of PostgreSQL's internal type "char" (the kind of a constraint), and
 * the adapter refuses a result that has one. So the adapter is told that it is text, and the engine is
 * told the truth afterwards.
 */
export function createCataloguePool(config: pg.PoolConfig): CataloguePool {
  const pool = new pg.Pool(config);
  const characterColumns = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as (config: string | pg.QueryConfig) => Promise<pg.QueryResult>;
  Object.assign(pool, {
    query: async (statement: string | pg.QueryConfig) => {
      const result = await query(statement);
      // A script of several statements answers with a list, and nobody asks for its columns.
      if (Array.isArray(result)) return result;
      const indexes = result.fields.flatMap((field, index) =>
        field.dataTypeID === INTERNAL_CHAR_OID ? [index] : [],
      );
      for (const field of result.fields) {
        if (field.dataTypeID === INTERNAL_CHAR_OID) field.dataTypeID = TEXT_OID;
      }
      characterColumns.set(result.rows, indexes);
      return result;
    },
  });
  return {
    pool,
    restoreTypes(result) {
      for (const index of characterColumns.get(result.rows) ?? []) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    },
  };
}
