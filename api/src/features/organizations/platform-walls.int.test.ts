import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { makePlatform, makePlatformAdministrator, signInToPlatform } from '../../testing/a-platform.ts';
import { forgetTenants } from '../../testing/forget-tenants.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { createPlatformSetup } from './platform-setup.repository.ts';

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );

/** The command as an operator runs it. */
async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: api.shared.databaseUrl,
    PUBLIC_ORIGIN: 'https://clinic.example',
  };
  const script = join(import.meta.dirname, '..', '..', 'platform-admin.main.ts');
  return promisify(execFile)(process.execPath, [script, ...args], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      said: stdout + stderr,
    }),
  );
}

test('the operator’s command invites the first who runs the platform, once', async () => {
  const [{ code, said }, wrong] = await Promise.all([
    command('Runa@Platform.example', '--name', 'Runa Shah'),
    command('nobody'),
  ]);
  expect(code).toBe(0);
  expect(wrong).toEqual({ code: 1, said: '"nobody" is no e-mail address.\n' });
  const token = /https:\/\/clinic\.example\/accept-invitation#token=([\w-]+)/.exec(said)?.[1] ?? '';
  const link = await api.client().call(endpoints.invitations.check, { body: { token } });
  expect(link).toMatchObject({ email: 'runa@platform.example', name: 'Runa Shah', role: 'platformAdmin' });
  const body = { token, name: 'Runa Shah', password: 'lantern-river-meadow' };
  await api.client().call(endpoints.invitations.accept, { body });
  const runa = await api.signIn({ email: link.email }, body.password);
  expect(await runa.call(endpoints.auth.me)).toMatchObject({
    role: 'platformAdmin',
    mustSetUpSecondFactor: true,
  });
  expect((await api.client().refused(endpoints.invitations.accept, { body })).code).toBe('LINK_INVALID');
  const [row] = await api.database.prisma.auditEvent.findMany({ where: { action: 'people.invite' } });
  expect(row).toMatchObject({ actorUserId: null, actorRole: 'service:operator' });

  const setup = createPlatformSetup(api.database);
  const invite = (email: string) =>
    refusal(setup.invite({ email, name: 'A Person', requestId: 'a request', at: api.clock.now() }));
  expect(await invite(link.email)).toContain('works here already');
  expect(await invite(clinic.members.doctor.email)).toContain('account of its own');
  expect(await api.database.prisma.organization.count({ where: { kind: 'platform' } })).toBe(1);
});

test('the database keeps the platform apart, whoever writes', async () => {
  const { prisma } = api.database;
  const platformId = await makePlatform(api.database);
  const runner = await makePlatformAdministrator(api.database);
  const { organizationId, members } = clinic;
  const { userId } = await prisma.user
    .create({ data: { name: 'Somebody', email: 'somebody@clinic.example' } })
    .then(({ id }) => ({ userId: id }));
  const write = (data: Parameters<typeof prisma.membership.create>[0]['data']) =>
    refusal(prisma.membership.create({ data }));

  expect(await write({ organizationId, userId, role: 'platformAdmin' })).toContain(
    'is not one of this organization',
  );
  expect(await write({ organizationId: platformId, userId, role: 'admin' })).toContain('is not one of this');
  const ofAdmin = { organizationId, userId: members.admin.userId };
  const promoted = prisma.membership.updateMany({ where: ofAdmin, data: { role: 'platformAdmin' } });
  expect(await refusal(promoted)).toContain('is not one of this organization');
  // One account is not both, whichever comes first.
  expect(await write({ organizationId, userId: runner.userId, role: 'doctor' })).toContain(
    'account_is_apart',
  );
  const both = { organizationId: platformId, userId: members.doctor.userId, role: 'platformAdmin' } as const;
  expect(await write(both)).toContain('account_is_apart');

  const person = { organizationId: platformId, name: 'A Patient', birthDate: new Date('1990-01-01') };
  expect(await refusal(prisma.patient.create({ data: person }))).toContain('looks after nobody');
  const second = { slug: 'second', name: 'Second', timeZone: 'UTC', kind: 'platform' } as const;
  expect(await refusal(prisma.organization.create({ data: second }))).toContain('Unique constraint');
  const change = (id: string, data: Parameters<typeof prisma.organization.update>[0]['data']) =>
    refusal(prisma.organization.update({ where: { id }, data }));
  expect(await change(organizationId, { kind: 'platform' })).toContain('does not change its kind');
  for (const weakened of [
    { staffSecondFactor: 'optional' },
    { registration: 'open' },
    { suspendedAt: new Date(), suspensionReason: 'By itself' },
  ] as const)
    expect(await change(platformId, weakened)).toContain('organization_platform_is_guarded');
  expect(await change(organizationId, { suspendedAt: new Date() })).toContain('is_suspended_for_a_reason');
});

test('an organization neither makes, suspends nor reopens one, and the system makes clinics alone', async () => {
  const { prisma, tenancy } = api.walledDatabase;
  const { organizationId } = clinic;
  const asTenant = (work: () => Promise<unknown>) => refusal(tenancy.runAsTenant(organizationId, work));
  const data = { suspendedAt: new Date(), suspensionReason: 'By itself' };
  expect(await asTenant(() => prisma.organization.update({ where: { id: organizationId }, data }))).toContain(
    'suspends or reopens itself',
  );
  const insert = (columns: string, values: string) =>
    prisma.$executeRawUnsafe(`INSERT INTO organization (${columns}) VALUES (${values})`);
  const [columns, values] = ['slug, name, time_zone', `'own', 'Own', 'UTC'`];
  expect(await asTenant(() => insert(columns, values))).toContain('permission denied');
  const asPlatform = () => insert(`${columns}, kind`, `${values}, 'platform'`);
  expect(await refusal(tenancy.runAsSystem(asPlatform))).toContain('permission denied');
});

test('where every query forgets to ask for an organization, the platform’s people still see none but their own', async () => {
  const walled = await startTestApi({ postgresUrl: inject('postgresUrl'), poolSize: 2 });
  try {
    const { members } = await makeOrganization(walled.database);
    const runner = await makePlatformAdministrator(walled.database);
    const forgotten = forgetTenants(walled.walledDatabase);
    const platform = await signInToPlatform(walled, runner);
    const { items } = await platform.call(endpoints.people.list);
    expect(items.map(({ userId }) => userId)).toEqual([runner.userId]);
    const q = { query: { q: members.patient.name } };
    expect((await platform.call(endpoints.people.list, q)).items).toEqual([]);
    expect((await platform.call(endpoints.invitations.list)).invitations).toEqual([]);
    expect(forgotten()).toBeGreaterThan(3);

    // And whatever would be asked in their name, of any table.
    const platformId = await makePlatform(walled.database);
    const { rows: tables } = await walled.database.pool.query<{ name: string }>(
      `SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname = 'organization_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    const { pool, tenancy } = walled.walledDatabase;
    for (const { name } of tables) {
      const found = await tenancy.runAsTenant(platformId, () =>
        pool.query(`SELECT FROM ${name} WHERE organization_id <> $1`, [platformId]),
      );
      expect(found.rowCount, name).toBe(0);
    }
    expect(tables.length).toBeGreaterThan(20);
  } finally {
    await walled.close();
  }
});
