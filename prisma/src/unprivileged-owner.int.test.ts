import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createEmptyDatabase, dropTestDatabase } from '../../scripts/stack/test-database.ts';
import { createDatabase, createOwnersDatabase, type Database } from './client.ts';
import { createInstallationKeys } from './keys/installation-keys.ts';
import { openKeySettings } from './keys/key-settings.ts';
import { deployMigrations } from './migrations.ts';
import { seedDemo } from './seed-demo.ts';

const login = `operator_${randomUUID().slice(0, 8)}`;
const holders = openKeySettings({ FIELD_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url') });

let adminUrl: string;
let url: string;
let admin: Database;

// As on a PostgreSQL that somebody else looks after: the database is theirs, the server is not.
beforeAll(async () => {
  adminUrl = await createEmptyDatabase(inject('postgresUrl'));
  admin = createOwnersDatabase({ url: adminUrl, poolSize: 1 });
  const { pathname } = new URL(adminUrl);
  await admin.pool.query(`CREATE ROLE ${login} LOGIN PASSWORD 'operator'`);
  await admin.pool.query(`GRANT careconnect_app, careconnect_system TO ${login}`);
  await admin.pool.query(`ALTER DATABASE ${pathname.slice(1)} OWNER TO ${login}`);
  url = Object.assign(new URL(adminUrl), { username: login, password: 'operator' }).href;
  await deployMigrations(url);
});
afterAll(async () => {
  await admin.close();
  await dropTestDatabase(adminUrl);
  const server = createOwnersDatabase({ url: inject('postgresUrl'), poolSize: 1 });
  await server.pool.query(`DROP ROLE ${login}`);
  await server.close();
});

test('whoever owns the database and nothing else migrates it, fills it, and is kept to the wall as a process', async () => {
  const owner = createOwnersDatabase({ url, poolSize: 1 });
  const walled = createDatabase({ url, poolSize: 1 });
  try {
    const now = new Date('2026-11-23T18:59:00Z');
    const keys = createInstallationKeys({ ...holders, database: owner, now: () => now });
    await keys.open();
    expect(await seedDemo({ database: owner, keys, now })).toBe(true);
    const patients = await owner.prisma.patient.count();
    expect(patients).toBeGreaterThan(3);
    expect(await walled.prisma.patient.count()).toBe(0);
    expect(await walled.tenancy.runAsSystem(() => walled.prisma.patient.count())).toBe(patients);
    const { organizationId } = await owner.prisma.patient.findFirstOrThrow();
    const count = () => walled.prisma.patient.count();
    expect(await walled.tenancy.runAsTenant(organizationId, count)).toBe(patients);
    expect(await walled.tenancy.runAsTenant(randomUUID(), count)).toBe(0);
  } finally {
    await walled.close();
    await owner.close();
  }
});

test('a history is forgotten by its function alone, also where its owner is above no policy', async () => {
  const owner = createOwnersDatabase({ url, poolSize: 1 });
  const walled = createDatabase({ url, poolSize: 1 });
  try {
    const { organizationId, visit } = await owner.prisma.visitEvent.findFirstOrThrow({
      include: { visit: true },
    });
    const ofPatient = { organizationId, visit: { patientId: visit.patientId } };
    const own = { organizationId, patientId: visit.patientId };
    const at = new Date('2026-11-23T18:59:00Z');
    const others = await owner.prisma.visitEvent.count({ where: { NOT: ofPatient } });
    await walled.tenancy.runAsSystem(async () => {
      const { id } = await walled.prisma.erasureRequest.create({
        data: { ...own, requestedAt: at, dueAt: at },
      });
      await walled.prisma.heldRecord.create({
        data: { ...own, id, content: '', heldUntil: at, createdAt: at },
      });
      await expect(walled.prisma.visitEvent.deleteMany({ where: ofPatient })).rejects.toThrow(/denied/);
      await walled.pool.query('SELECT forget_history($1, $2)', [organizationId, visit.patientId]);
    });
    expect(await owner.prisma.visitEvent.count({ where: ofPatient })).toBe(0);
    expect(await owner.prisma.visitEvent.count()).toBe(others);
  } finally {
    await walled.close();
    await owner.close();
  }
});
