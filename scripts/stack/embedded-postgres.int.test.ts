import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmbeddedPostgres } from './embedded-postgres.ts';

let dataDir: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  dataDir = join(tmpdir(), `careconnect-test-${process.pid}-${randomBytes(4).toString('hex')}`);
});

afterEach(async () => {
  for (const database of started.splice(0)) await database.stop();
  for (const path of [dataDir, `${dataDir}.log`]) rmSync(path, { recursive: true, force: true });
});

async function start(durability: 'full' | 'none'): Promise<EmbeddedPostgres> {
  const database = await EmbeddedPostgres.start({ dataDir, logFile: `${dataDir}.log`, durability });
  started.push(database);
  return database;
}

async function query(database: EmbeddedPostgres, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('a killed server comes back where it was, with what was committed', async () => {
  const database = await start('full');
  const url = database.url();
  await query(database, 'CREATE TABLE visit AS SELECT 1 AS id');
  const exit = once(database, 'exit');
  process.kill(database.pid ?? 0, 'SIGKILL');
  await exit;
  expect(database.pid).toBeNull();

  await database.restart();
  expect(database.url()).toBe(url);
  expect(await query(database, 'SELECT id FROM visit')).toEqual([{ id: 1 }]);
});

test('a stopped server starts again on its data', async () => {
  const first = await start('full');
  await query(first, 'CREATE TABLE visit AS SELECT 1 AS id');
  await first.stop();
  expect(await query(await start('full'), 'SELECT id FROM visit')).toEqual([{ id: 1 }]);
});

test('throwaway data goes with its server', async () => {
  const database = await start('none');
  expect(await query(database, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
  await database.stop();
  expect(existsSync(dataDir)).toBe(false);
});
