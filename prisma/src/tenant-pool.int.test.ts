import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../../scripts/stack/test-database.ts';
import { createDatabase, createOwnersDatabase, type Database } from './client.ts';

const [one, other] = [randomUUID(), randomUUID()];
/** There are more who wait than connections. */
const PATIENT = { maxWait: 15_000, timeout: 15_000 };

let url: string;
let owner: Database;
let database: Database;

beforeAll(async () => {
  url = await createTestDatabase(inject('postgresUrl'));
  owner = createOwnersDatabase({ url, poolSize: 2 });
  for (const id of [one, other]) {
    await owner.prisma.organization.create({ data: { id, slug: id, name: id, timeZone: 'UTC' } });
  }
});
afterAll(async () => {
  await owner.close();
  await dropTestDatabase(url);
});
beforeEach(() => {
  database = createDatabase({ url, poolSize: 2 });
});
afterEach(() => database.close());

test('hundreds of queries of two tenants and of the system each find their own, over two connections', async () => {
  const { prisma, pool, tenancy } = database;
  const bySql = async () => (await pool.query<{ id: string }>('SELECT id FROM organization')).rows;
  const byModel = () => prisma.organization.findMany({ select: { id: true } });
  const inTransaction = () =>
    prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_sleep(random() / 500)`;
      return tx.organization.findMany({ select: { id: true } });
    }, PATIENT);
  const kinds = [bySql, byModel, inTransaction];
  const found = await Promise.all(
    // All at once, and the last of them waits no longer than a connection may take.
    Array.from({ length: 240 }, async (_none, index) => {
      const tenant = [one, other, null][index % 4] ?? null;
      const look = kinds[index % kinds.length] ?? bySql;
      const rows = await (tenant === null
        ? tenancy.runAsSystem<{ id: string }[]>(look)
        : tenancy.runAsTenant<{ id: string }[]>(tenant, look));
      return { expected: tenant === null ? [one, other] : [tenant], ids: rows.map(({ id }) => id) };
    }),
  );
  for (const { expected, ids } of found) expect(ids.sort()).toEqual(expected.sort());
  expect(await byModel()).toEqual([]);
});

test('a tenant gets the connection that is set to it, where one is idle', async () => {
  const { tenancy } = database;
  const pids = new Map([one, other].map((id) => [id, new Set<number>()]));
  const both = () =>
    Promise.all(
      [one, other].map((id) => tenancy.runAsTenant(id, async () => pids.get(id)?.add(await pid()))),
    );
  for (let round = 0; round < 20; round++) await both();
  for (const id of [other, one]) await tenancy.runAsTenant(id, async () => pids.get(id)?.add(await pid()));
  expect([...pids.values()].map(({ size }) => size)).toEqual([1, 1]);
});

test('after a transaction that failed, the next one on its connection is in its own name', async () => {
  const only = createDatabase({ url, poolSize: 1 });
  const { prisma, pool, tenancy } = only;
  try {
    const failAs = (id: string) => {
      const failing = tenancy.runAsTenant(id, () =>
        prisma.$transaction(async (tx) => {
          await tx.organization.findMany();
          await tx.$executeRaw`SELECT 1 / 0`;
        }),
      );
      return expect(failing).rejects.toThrow('division by zero');
    };
    await failAs(one);
    expect(await tenancy.runAsTenant(other, () => idsIn(only))).toEqual([other]);
    // Given back by mistake with its transaction open: what is set in there is gone when it is rolled back.
    await tenancy.runAsTenant(one, async () => {
      const client = await pool.connect();
      await client.query('BEGIN');
      client.release();
    });
    await failAs(other);
    expect(await tenancy.runAsTenant(other, () => idsIn(only))).toEqual([other]);
    expect(await tenancy.runAsTenant(one, () => idsIn(only))).toEqual([one]);
    expect(await idsIn(only)).toEqual([]);
  } finally {
    await only.close();
  }
});

test('after a connection that broke, idle or at work, the next one is in its own name', async () => {
  const { tenancy, pool } = database;
  for (const [before, after] of [
    [one, other],
    [other, one],
  ] as const) {
    const idle = await tenancy.runAsTenant(before, pid);
    const noticed = once(pool, 'error');
    await owner.pool.query('SELECT pg_terminate_backend($1)', [idle]);
    await noticed;
    const broken = tenancy.runAsTenant(before, async () => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await owner.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        await client.query('SELECT pg_sleep(1)');
      } catch (error) {
        client.release(error as Error);
        throw error;
      }
    });
    await expect(broken).rejects.toThrow(/terminat|not queryable/);
    expect(await tenancy.runAsTenant(after, () => idsIn(database))).toEqual([after]);
    expect(await idsIn(database)).toEqual([]);
  }
});

test('whoever may not take the role on gets no connection', async () => {
  const name = `stranger_${randomUUID().slice(0, 8)}`;
  await owner.pool.query(`CREATE ROLE ${name} LOGIN PASSWORD 'stranger'`);
  const theirs = Object.assign(new URL(url), { username: name, password: 'stranger' }).href;
  const stranger = createDatabase({ url: theirs, poolSize: 1 });
  const { pool, tenancy } = stranger;
  try {
    const asked = tenancy.runAsSystem(() => pool.query('SELECT FROM organization'));
    await expect(asked).rejects.toThrow('permission denied to set role');
    expect(pool.totalCount).toBe(0);
  } finally {
    await stranger.close();
    await owner.pool.query(`DROP ROLE ${name}`);
  }
});

async function idsIn({ pool }: Database): Promise<string[]> {
  return (await pool.query<{ id: string }>('SELECT id FROM organization')).rows.map(({ id }) => id);
}

async function pid(): Promise<number> {
  const { rows } = await database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
