import { endpoints } from '@careconnect/contracts';
import { createFieldCipher } from '@careconnect/prisma';
import { createAccountPhones, ENCRYPTED_FIELDS } from '@careconnect/prisma/encryption';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { seedDemo } from '../../../prisma/src/seed-demo.ts';
import { aVoiceNote, sendAll } from '../features/attachments/testing/a-note.ts';
import { setUpApp } from '../features/second-factor/testing/an-app.ts';
import { startCareScene, type CareScene } from '../features/visits/testing/a-care-scene.ts';

/** What is said in the demo, and below, that is nobody's business. */
const SECRET_WORDS = [
  'Penicillin',
  'Ear ache',
  'keep measuring',
  'A cough that stays',
  'feverish',
  'Swallowed many tablets',
  'Brought in by ambulance',
  '+92 300 00000',
  '4567890',
];

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
  const { api, doctor } = scene;
  await seedDemo({ database: api.database, keys: api.keys, now: api.clock.now() });
  const { visitId } = await scene.book();
  await doctor.call(endpoints.visits.create, {
    body: { patientId: scene.clinic.otherPatientId, reason: 'feverish', idempotencyKey: crypto.randomUUID() },
  });
  const person = {
    name: 'Amina Yusuf',
    birthDate: '1961-07-30',
    phone: '0300 4567890',
    email: 'amina@home.example',
  };
  await scene.desk.call(endpoints.patients.create, { body: person });
  await sendAll(scene.patient, aVoiceNote(visitId));
  const admin = await api.signIn(scene.clinic.members.admin);
  const opened = await scene.doctor.call(endpoints.emergencyAccess.open, {
    params: { patientId: scene.clinic.patientId },
    body: { category: 'emergency', reason: 'Swallowed many tablets' },
  });
  await admin.call(endpoints.emergencyAccess.review, {
    params: { emergencyAccessId: opened.id },
    body: { note: 'Brought in by ambulance' },
  });
  await setUpApp(api, scene.patient);
  const { organizationId, patientId: id } = scene.clinic;
  const allergiesNote = api.cipher.encrypt('patient.allergies_note', { organizationId, id }, 'Penicillin');
  await api.database.prisma.patient.update({ where: { id }, data: { allergiesNote } });
  await scene.desk.call(endpoints.corrections.make, {
    params: { patientId: id },
    body: { changes: { phone: { from: null, to: '+92 300 00000' } } },
  });
  await connectProvider(organizationId);
  await refuseAndHold({ organizationId, patientId: id });
  await provePhone(scene.clinic.members.patient.userId);
});
afterAll(() => scene.close());

async function connectProvider(organizationId: string): Promise<void> {
  const { database, cipher } = scene.api;
  const id = crypto.randomUUID();
  const clientSecret = cipher.encrypt('sso_connection.client_secret', { organizationId, id }, 'a secret');
  const provider = { issuer: 'https://id.example', clientId: 'us', groupsClaim: 'groups' };
  await database.prisma.ssoConnection.create({
    data: { id, organizationId, ...provider, clientSecret, joining: 'members' },
  });
}

async function refuseAndHold(own: { organizationId: string; patientId: string }): Promise<void> {
  const { database, cipher, clock } = scene.api;
  const [id, at] = [crypto.randomUUID(), clock.now()];
  const row = { organizationId: own.organizationId, id };
  const reason = cipher.encrypt('erasure_request.reason', row, 'Treatment goes on');
  const content = cipher.encrypt('held_record.content', row, '{}');
  await database.prisma.erasureRequest.create({
    data: {
      ...{ ...own, id, state: 'refused', requestedAt: at, dueAt: at, decidedAt: at, reason },
      decidedByUserId: scene.clinic.members.admin.userId,
    },
  });
  await database.prisma.heldRecord.create({ data: { ...own, id, content, heldUntil: at, createdAt: at } });
}

/** A phone of an account, and a code to another. */
async function provePhone(userId: string): Promise<void> {
  const { keys, database, clock } = scene.api;
  const phones = createAccountPhones({ cipher: createFieldCipher(keys), keyRing: keys.keyRing });
  const [id, at] = [crypto.randomUUID(), clock.now()];
  const data = { ...phones.seal(userId, '+923001234567'), phoneVerifiedAt: at };
  await database.prisma.user.update({ where: { id: userId }, data });
  const { id: sessionId } = await database.prisma.session.findFirstOrThrow({ where: { userId } });
  const newPhone = phones.sealNew({ userId, id }, '+923007654321');
  const code = { id, userId, sessionId, newPhone, codeHash: Buffer.alloc(32) };
  await database.prisma.sentCode.create({ data: { ...code, channel: 'sms', createdAt: at, expiresAt: at } });
}

async function query<T extends object>(statement: string): Promise<T[]> {
  return (await scene.api.database.pool.query<T>(statement)).rows;
}

test('every column that holds ciphertext is in the table of encrypted fields, and all of those hold nothing else', async () => {
  const columns = await query<{ name: string; table: string; column: string }>(`
    SELECT format('%s.%s', table_name, column_name) AS name, table_name AS "table", column_name AS "column"
      FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'USER-DEFINED', 'character varying')
     ORDER BY 1`);
  const encrypted: string[] = [];
  for (const { name, table, column } of columns) {
    const [found] = await query<{ sealed: number; open: number }>(`
      SELECT count(*) FILTER (WHERE value ~ '^[a-z][0-9]+[.][A-Za-z0-9_-]{37,}$')::int AS sealed,
             count(*) FILTER (WHERE value !~ '^[a-z][0-9]+[.][A-Za-z0-9_-]{37,}$')::int AS open
        FROM (SELECT ${column}::text AS value FROM "${table}" WHERE ${column} IS NOT NULL) AS written`);
    if (!found || found.sealed === 0) continue;
    encrypted.push(name);
    expect(found.open, `${name} also holds plain text`).toBe(0);
  }
  // The known text tells a key of the operator from another; it is no data.
  const known = Object.values(ENCRYPTED_FIELDS).map(({ table, column }) => `${table}.${column}`);
  expect(encrypted).toEqual([...known, 'encryption_key.known_text'].toSorted());
});

test('what was said stands nowhere in the database as it was said', async () => {
  const tables = await query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
    const text = rows.map(({ row }) => row).join('\n');
    expect(
      SECRET_WORDS.filter((words) => text.includes(words)),
      name,
    ).toEqual([]);
  }
});

test('no trigger keeps an encrypted column from being encrypted anew', async () => {
  const refusing = await query<{ table: string; arguments: string }>(`
    SELECT c.relname AS "table", encode(g.tgargs, 'escape') AS arguments
      FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
     WHERE p.proname = 'refuse_change' AND (g.tgtype & 16) > 0`);
  expect(refusing.length).toBeGreaterThan(0);
  for (const { table, column } of Object.values(ENCRYPTED_FIELDS)) {
    const trigger = refusing.find((each) => each.table === table);
    if (trigger) expect(trigger.arguments.split('\\000'), `${table}.${column}`).toContain(column);
  }
});
