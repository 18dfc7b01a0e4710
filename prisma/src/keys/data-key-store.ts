import { randomBytes } from 'node:crypto';
import type { Database } from '../client.ts';
import type { KeyManagement } from './key-management.ts';
import type { DataKeyPurpose } from '../generated/enums.ts';
import type { DataKey } from './key-ring.ts';

/** What is on record of a data key. */
export interface DataKeyRecord {
  readonly purpose: DataKeyPurpose;
  readonly version: number;
  /** Null once it is retired. */
  readonly wrapped: string | null;
  readonly wrappedBy: string;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  /** By the clock of the database. */
  readonly activeInMs: number;
}

export interface DataKeyStore {
  /** Those in use, with that of indexes; the first of each is made where there is none yet. */
  read(): Promise<readonly DataKey[]>;
  /** Those that encrypt, in order. */
  list(): Promise<readonly DataKeyRecord[]>;
  /** A new one, which begins to encrypt when every process has had the time to read it. */
  rotate(): Promise<{ readonly version: number; readonly activeInMs: number }>;
  /** Wraps all anew with the key-encryption key in use; data stays as it is. Answers how many were wrapped by another. */
  rewrap(): Promise<number>;
  /** Forgets the key itself for good. What is encrypted with it can never be read again. */
  retire(version: number): Promise<void>;
}

/** How often a process looks whether there are other keys. */
export const KEY_REFRESH_MS = 10_000;
/** Long enough for a process to have looked several times. */
const ACTIVE_AFTER_MS = 60_000;
const KEY_BYTES = 32;
const PURPOSES: readonly DataKeyPurpose[] = ['data', 'index'];

const RECORDS = `
  SELECT purpose, version, wrapped, wrapped_by AS "wrappedBy", created_at AS "createdAt", active_from AS "activeFrom",
         (extract(epoch FROM active_from - now()) * 1000)::float8 AS "activeInMs"
    FROM data_key ORDER BY purpose, version`;

export interface DataKeyStoreDeps {
  readonly database: Pick<Database, 'pool'>;
  readonly keyManagement: KeyManagement;
}

export function createDataKeyStore({ database: { pool }, keyManagement }: DataKeyStoreDeps): DataKeyStore {
  const listAll = async () => (await pool.query<DataKeyRecord>(RECORDS)).rows;
  const list = async () => (await listAll()).filter(({ purpose }) => purpose === 'data');

  /** Of several that make the same version at once, one does. */
  async function make(purpose: DataKeyPurpose, version: number, activeAfterMs: number): Promise<void> {
    const { wrapped, wrappedBy } = await keyManagement.wrap(
      randomBytes(KEY_BYTES),
      contextOf({ purpose, version }),
    );
    await pool.query(
      `INSERT INTO data_key (purpose, version, wrapped, wrapped_by, active_from)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5)) ON CONFLICT DO NOTHING`,
      [purpose, version, wrapped, wrappedBy, activeAfterMs / 1_000],
    );
  }

  async function unwrap(record: DataKeyRecord): Promise<Buffer> {
    const { version, wrapped, wrappedBy } = record;
    if (wrapped === null) throw new Error(`data key ${version} is retired`);
    return keyManagement.unwrap({ wrapped, wrappedBy }, contextOf(record));
  }

  async function rewrapOne(record: DataKeyRecord): Promise<boolean> {
    const plain = await unwrap(record);
    const next = await keyManagement.wrap(plain, contextOf(record));
    if (next.wrappedBy === record.wrappedBy) return false;
    const check = await keyManagement.unwrap(next, contextOf(record));
    if (!check.equals(plain))
      throw new Error(`data key ${record.version} does not come back as it was wrapped`);
    const { rowCount } = await pool.query(
      `UPDATE data_key SET wrapped = $4, wrapped_by = $5
        WHERE purpose = $1 AND version = $2 AND wrapped = $3`,
      [record.purpose, record.version, record.wrapped, next.wrapped, next.wrappedBy],
    );
    return rowCount === 1;
  }

  return {
    async read() {
      let records = await listAll();
      for (const purpose of PURPOSES) {
        if (records.some((record) => record.purpose === purpose)) continue;
        // Nobody writes with any other meanwhile, so there is nothing to wait for.
        await make(purpose, 1, 0);
        records = await listAll();
      }
      const inUse = records.filter(({ wrapped }) => wrapped !== null);
      return inUse.map((record) => ({ ...record, unwrap: () => unwrap(record) }));
    },

    list,

    async rotate() {
      const records = await list();
      const newest = records.at(-1);
      if (newest && newest.activeInMs > 0) return newest;
      const version = (newest?.version ?? 0) + 1;
      await make('data', version, newest ? ACTIVE_AFTER_MS : 0);
      const made = (await list()).find((record) => record.version === version);
      if (!made) throw new Error(`data key ${version} was not stored`);
      return made;
    },

    async rewrap() {
      let count = 0;
      for (const record of await listAll()) {
        if (record.wrapped !== null && (await rewrapOne(record))) count += 1;
      }
      return count;
    },

    async retire(version) {
      await pool.query(
        `UPDATE data_key SET wrapped = NULL, retired_at = now() WHERE purpose = 'data' AND version = $1`,
        [version],
      );
    },
  };
}

function contextOf({ purpose, version }: Pick<DataKeyRecord, 'purpose' | 'version'>): string {
  return `${purpose}_key:${version}`;
}
