import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type ClinicMember } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterAll(() => api.close());

/** Resolves when so many statements of this database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const { pool } = api.database;
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test.each(['suspend', 'remove', 'changeRole'] as const)(
  'two administrators who %s each other at the same moment leave one',
  async (deed) => {
    const { prisma, pool } = api.database;
    const { organizationId, members } = await makeOrganization(api.database);
    await prisma.membership.updateMany({
      where: { organizationId, userId: members.pharmacist.userId },
      data: { role: 'admin' },
    });
    const both = [members.admin, members.pharmacist];
    const clients = await Promise.all(both.map((member) => api.signIn(member)));
    const idOf = async ({ userId }: ClinicMember) =>
      (await prisma.membership.findFirstOrThrow({ where: { userId, organizationId } })).id;
    const [first = '', second = ''] = await Promise.all(both.map(idOf));
    const { method, path } = endpoints.people[deed];
    const act = async (index: number, membershipId: string) =>
      clients[index]?.send(method, path.replace(':membershipId', membershipId), {
        ...(deed === 'changeRole' && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ role: 'receptionist' }),
        }),
      });

    // Both have been let in and have found out that they are administrators before either goes on.
    const gate = await pool.connect();
    await gate.query('BEGIN');
    await gate.query('SELECT FROM organization WHERE id = $1 FOR NO KEY UPDATE', [organizationId]);
    const answers = Promise.all([act(0, second), act(1, first)]);
    await untilWaiting(2);
    await gate.query('COMMIT');
    gate.release();

    const statuses = (await answers).map((answer) => answer?.status);
    expect(statuses.sort()).toEqual([204, 403]);
    expect(
      await prisma.membership.count({ where: { organizationId, role: 'admin', status: 'active' } }),
    ).toBe(1);
  },
);
