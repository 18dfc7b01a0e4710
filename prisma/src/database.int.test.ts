import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  dropTestDatabase,
} from '../../scripts/stack/test-database.ts';
import { createOwnersDatabase, type Database } from './client.ts';
import { createFieldCipher } from './field-cipher.ts';
import { cipherKeys } from './testing/cipher-keys.ts';
import { deployMigrations, migrationStatus, schemaDrift } from './migrations.ts';
import { seedDemo } from './seed-demo.ts';

const NOW = new Date('2026-11-23T18:59:00Z');
const keys = await cipherKeys([Buffer.alloc(32, 7)]);
const cipher = createFieldCipher(keys);

let url: string;
let database: Database;

beforeAll(async () => {
  url = await createTestDatabase(inject('postgresUrl'));
  database = createOwnersDatabase({ url, poolSize: 4 });
});
afterAll(async () => {
  await database.close();
  await dropTestDatabase(url);
});

test('the migrations and the schema say the same', async () => {
  expect(await schemaDrift(url)).toBe('');
  expect(await migrationStatus(url)).toEqual({ pending: [], failed: [], edited: [] });
});

test('several starts at once apply each migration once', async () => {
  const empty = await createEmptyDatabase(inject('postgresUrl'));
  try {
    const applied = await Promise.all([1, 2, 3].map(() => deployMigrations(empty)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  } finally {
    await dropTestDatabase(empty);
  }
});

test('a database that is not there is named, with its mend', async () => {
  const missing = Object.assign(new URL(url), { pathname: '/nodb' }).href;
  await expect(deployMigrations(missing)).rejects.toMatchObject({
    message: 'The database "nodb" does not exist.',
    mend: 'createdb nodb',
  });
});

test('the demo clinic is made once, and what it encrypts can be read', async () => {
  const made = await Promise.all([1, 2].map(() => seedDemo({ database, keys, now: NOW })));
  expect(made.sort()).toEqual([false, true]);
  const visits = await database.prisma.visit.findMany();
  for (const visit of visits) {
    const { reason, listedAt, scheduledAt } = visit;
    expect(cipher.decrypt('visit.reason', visit, reason)).toMatch(/\w/);
    expect(listedAt).toEqual(scheduledAt);
  }
  const messages = await database.prisma.chatMessage.findMany({ orderBy: { sequence: 'asc' } });
  expect(messages.length).toBeGreaterThan(5);
  const written = new Map<string, number>();
  for (const message of messages) {
    const { visitId, body, totalBytes } = message;
    const text = cipher.decrypt('chat_message.body', message, body);
    const total = (written.get(visitId) ?? 0) + Buffer.byteLength(text);
    expect(totalBytes).toBe(total);
    written.set(visitId, total);
  }
});

test('the visits of the demo’s past have their sound and picture measured to the end', async () => {
  const ended = await database.prisma.visit.findMany({
    where: { state: 'ended' },
    include: { samples: { orderBy: { at: 'desc' }, take: 1 } },
  });
  expect(ended.length).toBeGreaterThan(3);
  for (const { samples, startedAt, endedAt } of ended) {
    const last = samples[0]?.at.getTime() ?? 0;
    expect(last).toBeGreaterThan(startedAt?.getTime() ?? Infinity);
    expect(Math.abs(last - (endedAt?.getTime() ?? 0))).toBeLessThan(5_000);
  }
});

test('overlaps are refused for the doctor and for the patient, and not after a cancellation', async () => {
  const { prisma } = database;
  const booked = await prisma.appointment.findFirstOrThrow({ where: { status: 'booked' } });
  const { id: _id, createdAt: _created, updatedAt: _updated, ...same } = booked;
  const again = () => prisma.appointment.create({ data: { ...same, idempotencyKey: randomUUID() } });
  await expect(again()).rejects.toThrow(/appointment_(practitioner|patient)_overlap/);
  const otherPatient = await prisma.patient.findFirstOrThrow({ where: { id: { not: booked.patientId } } });
  await expect(
    prisma.appointment.create({
      data: { ...same, patientId: otherPatient.id, idempotencyKey: randomUUID() },
    }),
  ).rejects.toThrow(/appointment_practitioner_overlap/);
  await prisma.appointment.update({ where: { id: booked.id }, data: { status: 'cancelled' } });
  await again();
});

test('rows of two organizations cannot be tied together', async () => {
  const { prisma } = database;
  const { id: organizationId } = await prisma.organization.create({
    data: { slug: 'elsewhere', name: 'Elsewhere', timeZone: 'UTC' },
  });
  const visit = await prisma.visit.findFirstOrThrow();
  const data = { organizationId, practitionerId: visit.practitionerId, patientId: visit.patientId };
  await expect(
    prisma.visit.create({ data: { ...data, state: 'scheduled', origin: 'walk_in' } }),
  ).rejects.toThrow(/foreign key/i);
});

test.each([
  ['a visit in progress without a start', `UPDATE visit SET state = 'in_progress' WHERE state = 'scheduled'`],
  ['an ended visit that still runs', `UPDATE visit SET ended_at = NULL WHERE state = 'ended'`],
  ['a walk-in with an appointment', `UPDATE visit SET origin = 'walk_in' WHERE origin = 'appointment'`],
  ['an appointment that ends before it starts', `UPDATE appointment SET ends_at = starts_at`],
  ['hours on an eighth day', `UPDATE availability_rule SET weekday = 8`],
  ['a guest with a password', `UPDATE user_account SET is_guest = true`],
  ['a changed history', `UPDATE visit_event SET type = 'ended'`],
  ['a forgotten history', `DELETE FROM visit_event`],
  ['an emptied history', `TRUNCATE visit_event`],
])('%s is refused by the database itself', async (_what, statement) => {
  await expect(database.pool.query(statement)).rejects.toThrow(/violates check|append-only/);
});

test('what was audited cannot be changed, deleted or emptied', async () => {
  const row = {
    organizationId: randomUUID(),
    actorRole: 'admin',
    action: 'test',
    entityType: 'test',
    requestId: 'r',
  };
  const { id } = await database.prisma.auditEvent.create({ data: { ...row, at: NOW } });
  await expect(database.prisma.auditEvent.update({ where: { id }, data: { action: 'x' } })).rejects.toThrow(
    /append-only/,
  );
  await expect(database.prisma.auditEvent.delete({ where: { id } })).rejects.toThrow(/append-only/);
  await expect(database.pool.query('TRUNCATE audit_event')).rejects.toThrow(/append-only/);
});

test('what is written once may be encrypted anew by whoever says so, and changed in nothing else', async () => {
  const client = await database.pool.connect();
  const update = async (change: string, isRewriting: boolean) => {
    await client.query('BEGIN');
    if (isRewriting) await client.query(`SET LOCAL careconnect.rewriting = 'on'`);
    const refusal = await client.query(`UPDATE kept SET ${change}`).then(
      () => null,
      (error: Error) => error.message,
    );
    await client.query('ROLLBACK');
    return refusal;
  };
  try {
    await client.query(`
      CREATE TEMP TABLE kept (body text, note text);
      INSERT INTO kept VALUES ('e1.x', 'n');
      CREATE TRIGGER kept_append_only BEFORE UPDATE OR DELETE ON kept
        FOR EACH ROW EXECUTE FUNCTION refuse_change('body')`);
    expect(await update(`body = 'e2.x'`, true)).toBeNull();
    expect(await update(`body = 'e2.x'`, false)).toBe('kept is append-only');
    expect(await update(`body = 'e2.x', note = 'm'`, true)).toBe('kept is append-only');
  } finally {
    await client.query('DROP TABLE IF EXISTS kept');
    client.release();
  }
});

test('a calendar date is the same day wherever the server runs', async () => {
  const { rows } = await database.pool.query<{ birth_date: string }>(
    'SELECT birth_date FROM patient ORDER BY birth_date LIMIT 1',
  );
  expect(rows[0]?.birth_date).toBe('1943-02-27');
});
