import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../../scripts/stack/test-database.ts';
import { createDatabase, createOwnersDatabase, type Database } from './client.ts';
import { addRowsOfTenants, tenantTables } from './testing/rows-of-tenants.ts';

/** Written once: not even granted to be changed. */
const APPEND_ONLY = [
  'audit_event',
  'audit_seal',
  'consent',
  'consent_text',
  'emergency_access',
  'emergency_access_review',
  'patient_correction',
  'visit_event',
];
/** Without an organization_id. Each has a policy of its own, or is nobody's. */
const WIDER = {
  guarded: [
    'code_factor',
    'data_key',
    'organization',
    'passkey',
    'password_reset',
    'recovery_code',
    'refresh_token',
    'sent_code',
    'totp_credential',
    'user_account',
    'webauthn_challenge',
  ],
  open: ['encryption_key', 'node_load'],
};

const [own, foreign] = [randomUUID(), randomUUID()];
let url: string;
let owner: Database;
let walled: Database;
let tables: string[];

beforeAll(async () => {
  url = await createTestDatabase(inject('postgresUrl'));
  owner = createOwnersDatabase({ url, poolSize: 2 });
  walled = createDatabase({ url, poolSize: 2 });
  tables = await tenantTables(owner.pool);
  for (const id of [own, foreign]) {
    await owner.prisma.organization.create({ data: { id, slug: id, name: id, timeZone: 'UTC' } });
  }
  await addRowsOfTenants(owner.pool, tables, [own, foreign]);
});
afterAll(async () => {
  await walled.close();
  await owner.close();
  await dropTestDatabase(url);
});

test('every table is behind the wall, or known to be nobody’s', async () => {
  const { rows } = await owner.pool.query<{ name: string; isForced: boolean; policies: string[] }>(`
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS "isForced",
           ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid ORDER BY polname) AS policies
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> '_prisma_migrations'`);
  const guarded = rows.filter(({ isForced, policies }) => isForced && policies.length > 0);
  expect(guarded.map(({ name }) => name).sort()).toEqual([...tables, ...WIDER.guarded].sort());
  expect(rows.length).toBe(guarded.length + WIDER.open.length);
  for (const { name, policies } of rows)
    if (tables.includes(name)) expect(policies, name).toEqual(['every_tenant', 'own_tenant']);
});

test.each(['careconnect_app', 'careconnect_system'])(
  '%s owns nothing, is above no policy, and may do what it must',
  async (role) => {
    const { rows } = await owner.pool.query<object>(
      `
    SELECT rolsuper, rolbypassrls, rolcreaterole, rolcanlogin,
           EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns
      FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    expect(new Set(Object.values(rows[0] ?? {}))).toEqual(new Set([false]));
    const may = async (table: string, privilege: string) => {
      const asked = 'SELECT has_table_privilege($1, $2, $3) AS may';
      return (await owner.pool.query<{ may: boolean }>(asked, [role, table, privilege])).rows[0]?.may;
    };
    for (const table of tables) {
      const isAppendOnly = APPEND_ONLY.includes(table);
      for (const privilege of ['SELECT', 'INSERT']) expect(await may(table, privilege), table).toBe(true);
      for (const privilege of ['UPDATE', 'DELETE'])
        expect(await may(table, privilege), table).toBe(!isAppendOnly);
      expect(await may(table, 'TRUNCATE')).toBe(false);
    }
    expect(await may('_prisma_migrations', 'SELECT')).toBe(false);
  },
);

test('a table of a later migration is granted, and shut by one call', async () => {
  await owner.pool.query(`
    CREATE TABLE later (organization_id uuid NOT NULL); SELECT keep_to_tenant('later');
    INSERT INTO later VALUES ('${own}'), ('${foreign}')`);
  expect(await seenAs(own, 'later')).toEqual([own]);
  await owner.pool.query('DROP TABLE later');
});

describe('a query that names no tenant', () => {
  test('finds the rows of its own, in every table', async () => {
    for (const table of tables) expect(await seenAs(own, table), table).toEqual([own]);
  });

  test('finds nothing in nobody’s name, and everything in that of the system', async () => {
    for (const table of tables) {
      expect((await walled.pool.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0);
      const all = await walled.tenancy.runAsSystem(() => walled.pool.query(`SELECT FROM ${table}`));
      expect(all.rowCount, table).toBe(2);
    }
  });

  test('changes and deletes rows of its own only, and moves none to another tenant', async () => {
    for (const table of tables) {
      const ifGranted = APPEND_ONLY.includes(table) ? 'permission denied' : 1;
      expect(await attempt(own, `UPDATE ${table} SET organization_id = organization_id`), table).toBe(
        ifGranted,
      );
      expect(await attempt(own, `DELETE FROM ${table}`), table).toBe(ifGranted);
      const moved = await attempt(own, `UPDATE ${table} SET organization_id = '${foreign}'`);
      expect(moved, table).toBe(ifGranted === 1 ? 'row-level security' : ifGranted);
      expect(await attempt(null, `DELETE FROM ${table}`), table).toBe(ifGranted === 1 ? 0 : ifGranted);
    }
  });

  test('stores no row of another tenant', async () => {
    for (const table of tables) {
      const copy = await insertOfRowOf(foreign, table);
      for (const tenant of [own, null]) expect(await attempt(tenant, copy), table).toBe('row-level security');
    }
  });

  test('is kept to its tenant by models and through joins as well', async () => {
    const { prisma, pool, tenancy } = walled;
    const [visits, people, organizations, joined] = await tenancy.runAsTenant(own, () =>
      Promise.all([
        prisma.visit.findMany({ include: { organization: true, seats: true, events: true, messages: true } }),
        prisma.patient.count(),
        prisma.organization.findMany({ include: { patients: true, visits: true, memberships: true } }),
        pool.query<{ id: string }>(
          'SELECT p.organization_id AS id FROM visit v CROSS JOIN patient p CROSS JOIN audit_event a',
        ),
      ]),
    );
    expect(visits.map(({ organizationId }) => organizationId)).toEqual([own]);
    expect(people).toBe(1);
    expect(organizations.map(({ id }) => id)).toEqual([own]);
    expect(JSON.stringify([visits, organizations])).not.toContain(foreign);
    expect(joined.rows).toEqual([{ id: own }]);
  });
});

test('accounts are seen by the organizations of their people, and tokens by none', async () => {
  const account = { name: 'Somebody', email: `${randomUUID()}@clinic.example` };
  const { id: userId } = await owner.prisma.user.create({
    data: { ...account, memberships: { create: { organizationId: foreign, role: 'doctor' } } },
  });
  await owner.prisma.passwordReset.create({
    data: { userId, tokenHash: Buffer.from(randomUUID()), expiresAt: new Date() },
  });
  const seen = (organizationId: string) =>
    walled.tenancy.runAsTenant(organizationId, async () => ({
      accounts: await walled.prisma.user.count({ where: { id: userId } }),
      tokens: (await walled.prisma.passwordReset.count()) + (await walled.prisma.refreshToken.count()),
    }));
  expect(await seen(foreign)).toEqual({ accounts: 1, tokens: 0 });
  expect(await seen(own)).toEqual({ accounts: 0, tokens: 0 });
  expect(await attempt(foreign, `UPDATE user_account SET password_hash = 'x' WHERE id = '${userId}'`)).toBe(
    0,
  );
  expect(await attempt(foreign, `INSERT INTO user_account (name, is_guest) VALUES ('x', true)`)).toBe(
    'row-level security',
  );
});

async function seenAs(organizationId: string, table: string): Promise<string[]> {
  const { rows } = await walled.tenancy.runAsTenant(organizationId, () =>
    walled.pool.query<{ id: string }>(`SELECT organization_id AS id FROM ${table}`),
  );
  return rows.map(({ id }) => id);
}

/** How many rows a statement would touch, or what it is refused for. Nothing of it stays. */
async function attempt(organizationId: string | null, statement: string): Promise<number | string> {
  const work = async () => {
    const client = await walled.pool.connect();
    try {
      await client.query('BEGIN');
      return (await client.query(statement)).rowCount ?? 0;
    } catch (error) {
      return (
        /permission denied|row-level security/.exec((error as pg.DatabaseError).message)?.[0] ?? String(error)
      );
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  return organizationId === null ? work() : walled.tenancy.runAsTenant(organizationId, work);
}

/** A statement that stores the row of somebody once more, as only their owner can write it down. */
async function insertOfRowOf(organizationId: string, table: string): Promise<string> {
  const { rows } = await owner.pool.query<{ columns: string; row: object }>(
    `SELECT (SELECT string_agg(attname, ', ') FROM pg_attribute
              WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
            to_jsonb(${table}) AS row
       FROM ${table} WHERE organization_id = $1 LIMIT 1`,
    [organizationId],
  );
  const [{ columns, row } = { columns: '', row: {} }] = rows;
  return `INSERT INTO ${table} (${columns})
          SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, '${JSON.stringify(row)}')`;
}
