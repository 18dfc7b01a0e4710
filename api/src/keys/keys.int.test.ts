import { createSecretKey, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, type VisitId } from '@careconnect/contracts';
import { createFieldCipher, createOperatorCipher } from '@careconnect/prisma';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { append, aVoiceNote, begin, sendAll } from '../features/attachments/testing/a-note.ts';
import { startCareScene, type CareScene } from '../features/visits/testing/a-care-scene.ts';
import { startTestApi } from '../testing/test-api.ts';
import { createEncryptedValueRepository } from './encrypted-value.repository.ts';
import { createRewrite } from './rewrite.ts';
import { keyCommandsOf, letKeysAge } from './testing/key-commands-of.ts';

let scene: CareScene;
beforeEach(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterEach(() => scene.close());

async function storedReason(visitId: string): Promise<string> {
  const { reason } = await scene.api.database.prisma.visit.findUniqueOrThrow({ where: { id: visitId } });
  return reason ?? '';
}

async function readReason(client: CareScene['doctor'], visitId: VisitId): Promise<string | null> {
  const { visits } = endpoints;
  return (await client.call(visits.get, { params: { visitId } })).reason;
}

test('of two nodes each reads what the other writes, before, while and after the key changes', async () => {
  const { api } = scene;
  const other = await startTestApi({ postgresUrl: inject('postgresUrl'), beside: api });
  try {
    const otherDoctor = await other.signIn(scene.clinic.members.doctor);
    const before = await scene.book();
    expect(await (await keyCommandsOf(api)).rotate()).toBe(true);
    await Promise.all([api.refreshKeys(), other.refreshKeys()]);
    expect(await storedReason((await scene.book()).visitId), 'not yet').toMatch(/^e1\./);

    // This node's minute is over, the other's is not.
    api.clock.advance(61_000);
    const after = await scene.book();
    expect(await storedReason(after.visitId)).toMatch(/^e2\./);
    expect(await readReason(otherDoctor, after.visitId)).toBe('A cough that stays');
    expect(await readReason(scene.doctor, before.visitId)).toBe('A cough that stays');
  } finally {
    await other.close();
  }
});

test('a node that has missed a key has it at the second look', async () => {
  const { api } = scene;
  const late = await startTestApi({ postgresUrl: inject('postgresUrl'), beside: api });
  try {
    const lateDoctor = await late.signIn(scene.clinic.members.doctor);
    await (await keyCommandsOf(api)).rotate();
    await letKeysAge(api, 61);
    const { visitId } = await scene.book();
    await readReason(lateDoctor, visitId);
    await expect.poll(() => readReason(lateDoctor, visitId)).toBe('A cough that stays');
  } finally {
    await late.close();
  }
});

test('everything is written anew while people write: text, files, what the operator’s key had sealed', async () => {
  const { api, clinic } = scene;
  const { prisma } = api.database;
  const commands = await keyCommandsOf(api);
  const { visitId } = await scene.book();
  const former = createOperatorCipher([
    [1, createSecretKey(Buffer.from(api.shared.fieldEncryptionKey, 'base64url'))],
  ]).encrypt('patient.allergies_note', clinic.organizationId, 'Penicillin');
  await prisma.patient.update({ where: { id: clinic.patientId }, data: { allergiesNote: former } });
  const [whole, half] = [aVoiceNote(visitId), aVoiceNote(visitId)];
  await sendAll(scene.patient, whole);
  await begin(scene.patient, half);
  await append(scene.patient, half, 0, 16_384);

  await commands.rotate();
  expect(await commands.retire('1'), 'too soon').toBe(false);
  await letKeysAge(api, 300);
  expect(await commands.retire('1')).toBe(false);
  expect(commands.said.at(-1)).toMatch(
    /still needed: 1 in appointment.reason, 1 in visit.reason.*1 in files on their way, 1 in files\./,
  );
  expect(await commands.retire('2'), 'it encrypts').toBe(false);
  expect(await commands.rewrite()).toBe(true);
  expect(await commands.retire('1')).toBe(true);
  await api.refreshKeys();

  expect(await storedReason(visitId)).toMatch(/^e2\./);
  expect(await readReason(scene.doctor, visitId)).toBe('A cough that stays');
  const note = await scene.patient.call(endpoints.patients.get, { params: { patientId: clinic.patientId } });
  expect(note.allergiesNote).toBe('Penicillin');
  const directory = join(api.shared.blobDirectory, clinic.organizationId, visitId);
  for (const file of await readdir(directory)) {
    expect((await readFile(join(directory, file))).readUInt32BE(), file).toBe(0x8000_0002);
  }
  await sendAll(scene.patient, half);
  await commands.status();
  expect(commands.said).toContainEqual(expect.stringMatching(/^data key 1 {2}retired/));
  expect(commands.said).toContainEqual(expect.stringMatching(/^patient.allergies_note +e2: 1$/));
});

test('an update that comes while a value is written anew is the one that stays', async () => {
  const { api, clinic } = scene;
  const { patientId: id, organizationId } = clinic;
  const owner = { organizationId, id };
  const note = (text: string) => api.cipher.encrypt('patient.allergies_note', owner, text);
  const store = (allergiesNote: string) =>
    api.database.prisma.patient.update({ where: { id }, data: { allergiesNote } });
  await store(note('before'));
  await api.keys.dataKeys.rotate();
  await letKeysAge(api, 61);
  const values = createEncryptedValueRepository(api.database);
  const rewrite = createRewrite({
    values: {
      ...values,
      async replace(field, replacements) {
        await store(note('meanwhile'));
        return values.replace(field, replacements);
      },
    },
    cipher: createFieldCipher(api.keys),
    currentVersion: () => api.keys.keyRing.currentVersion(),
    onProgress: () => undefined,
  });
  expect(await rewrite('patient.allergies_note')).toEqual({ rewritten: 0, unreadable: [] });
  const { allergiesNote } = await api.database.prisma.patient.findUniqueOrThrow({ where: { id } });
  expect(api.cipher.decrypt('patient.allergies_note', owner, allergiesNote)).toBe('meanwhile');
});

test('a value that does not open is named and left, and goes on to need its key', async () => {
  const { api } = scene;
  const commands = await keyCommandsOf(api);
  const { visitId } = await scene.book();
  const { visitId: stranger } = await scene.book();
  await api.database.prisma.visit.update({
    where: { id: visitId },
    data: { reason: await storedReason(stranger) },
  });
  await commands.rotate();
  await letKeysAge(api, 300);
  expect(await commands.rewrite()).toBe(false);
  expect(commands.said).toContain(`It does not open, and stays as it is: visit.reason ${visitId}`);
  expect(await storedReason(stranger)).toMatch(/^e2\./);
  expect(await commands.retire('1')).toBe(false);
});

test('more values than a batch are all written anew, in whatever order they came', async () => {
  const { api, clinic } = scene;
  const { organizationId } = clinic;
  const people = Array.from({ length: 450 }, (_none, index) => ({ id: randomUUID(), index }));
  await api.database.prisma.patient.createMany({
    data: people.map(({ id, index }) => ({
      id,
      organizationId,
      name: `Person ${index}`,
      birthDate: new Date('1990-01-01'),
      allergiesNote: api.cipher.encrypt('patient.allergies_note', { organizationId, id }, `note ${index}`),
    })),
  });
  await api.keys.dataKeys.rotate();
  await letKeysAge(api, 61);
  expect(await (await keyCommandsOf(api)).rewrite()).toBe(true);
  const rows = await api.database.prisma.patient.findMany({ where: { allergiesNote: { not: null } } });
  const notes = rows.map((row) => api.cipher.decrypt('patient.allergies_note', row, row.allergiesNote));
  expect(notes.toSorted()).toEqual(people.map(({ index }) => `note ${index}`).toSorted());
  expect(rows.every(({ allergiesNote }) => allergiesNote?.startsWith('e2.'))).toBe(true);
});

test('numbers and addresses from before they were encrypted are found before, while and after they are', async () => {
  const { api, clinic, desk } = scene;
  const { organizationId } = clinic;
  const { id } = await api.database.prisma.patient.create({
    data: {
      organizationId,
      name: 'Zainab Akhtar',
      birthDate: new Date('1948-11-02'),
      phone: '+92 300 0004567',
      email: 'Zainab@home.example',
    },
  });
  const queries = ['0300 0004567', '4567', '+923000004567', 'zainab@home.example'];
  const requireFound = async () => {
    for (const q of queries) {
      const { items } = await desk.call(endpoints.patients.list, { query: { q } });
      expect(items, q).toMatchObject([{ id, phone: '+92 300 0004567', email: 'Zainab@home.example' }]);
    }
  };
  await requireFound();
  const commands = await keyCommandsOf(api);
  await commands.status();
  expect(commands.said).toContainEqual(expect.stringMatching(/^patient.phone +plain: 1$/));
  expect(await commands.rewrite()).toBe(true);
  const stored = await api.database.prisma.patient.findUniqueOrThrow({ where: { id } });
  expect(stored).toMatchObject({
    phone: expect.stringMatching(/^e1\./) as unknown,
    email: expect.stringMatching(/^e1\./) as unknown,
  });
  await requireFound();
  const { items } = await scene.foreignDesk.call(endpoints.patients.list, { query: { q: '4567' } });
  expect(items).toEqual([]);
});

test('the database takes no encrypted number that nobody could find', async () => {
  const { prisma } = scene.api.database;
  const where = { id: scene.clinic.patientId };
  await expect(prisma.patient.update({ where, data: { phone: 'e1.abc' } })).rejects.toThrow(
    /patient_contact_is_indexed/,
  );
});
