import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPath, endpoints } from '@careconnect/contracts';
import { createContentCipher } from '@careconnect/prisma';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openFileStores } from '../../core/file-stores.ts';
import { keyCommandsOf, letKeysAge } from '../../keys/testing/key-commands-of.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { createAttachmentContent } from './attachment-content.ts';
import { aStill, aVoiceNote, begin, sendAll, type Note } from './testing/a-note.ts';

let scene: CareScene;
beforeEach(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterEach(() => scene.close());

async function download(client: TestClient, { params }: Note): Promise<Buffer> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const url = new URL(buildPath(endpoints.attachments.content.path, params), scene.api.url);
  return Buffer.from(await (await fetch(url, { headers: { cookie } })).arrayBuffer());
}

/** Every file that is kept, as organization and address. */
async function keptFiles(): Promise<string[]> {
  const folder = join(scene.api.blobDirectory, 'kept');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map(async (name) => ({ name, file: await stat(join(folder, name)) })),
  );
  return sizes.filter(({ file }) => file.isFile()).map(({ name }) => name);
}

/** The same recording under a name of its own. */
function again(note: Note, visitId = note.params.visitId): Note {
  return { ...note, params: { visitId, attachmentId: randomUUID() as Note['params']['attachmentId'] } };
}

async function aForeignVisit() {
  return (
    await scene.foreignDoctor.call(endpoints.visits.create, {
      body: { patientId: scene.foreign.patientId, idempotencyKey: randomUUID() },
    })
  ).id;
}

test('the same file is kept once in an organization, and is another one in the next', async () => {
  const [one, other] = [(await scene.book()).visitId, (await scene.book()).visitId];
  const note = aVoiceNote(one);
  const same = [again(note), again(note, other), again(note, other)];
  await sendAll(scene.patient, note);
  await Promise.all(same.map((each) => sendAll(scene.patient.copy(), each)));
  expect(await keptFiles()).toHaveLength(1);
  for (const each of [note, ...same]) {
    expect((await download(scene.doctor, each)).equals(note.bytes)).toBe(true);
  }
  const abroad = again(note, await aForeignVisit());
  await sendAll(scene.foreignPatient, abroad);
  const addresses = (await keptFiles()).map((path) => path.split('/').at(-1));
  expect(new Set(addresses).size, 'nobody can tell that it is the same').toBe(2);
  expect((await download(scene.foreignDoctor, abroad)).equals(note.bytes)).toBe(true);
});

test('a file goes a day after nobody has it any more, and not before', async () => {
  const { api, patient } = scene;
  const { prisma } = api.database;
  const { visitId } = await scene.book();
  const note = aVoiceNote(visitId);
  const second = again(note);
  for (const each of [note, second]) await sendAll(patient, each);
  const forget = async ({ params: { attachmentId } }: Note) => {
    await prisma.chatMessage.deleteMany({ where: { attachmentId } });
    await prisma.attachment.deleteMany({ where: { id: attachmentId } });
  };
  await forget(note);
  api.clock.advance(25 * 3_600_000);
  await api.sweep();
  const doctor = await api.signIn(scene.clinic.members.doctor);
  expect((await download(doctor, second)).equals(note.bytes)).toBe(true);
  await forget(second);
  await api.sweep();
  expect(await keptFiles()).toEqual([]);
  expect(await prisma.storedFile.count()).toBe(0);
});

test('a file that a process has announced and not stored is stored by whoever comes next', async () => {
  const { prisma } = scene.api.database;
  const { visitId } = await scene.book();
  const note = aVoiceNote(visitId);
  await sendAll(scene.patient, note);
  await prisma.chatMessage.deleteMany({});
  await prisma.attachment.deleteMany({});
  await rm(join(scene.api.blobDirectory, 'kept'), { recursive: true });
  const next = again(note);
  await sendAll(scene.patient, next);
  expect((await download(scene.doctor, next)).equals(note.bytes)).toBe(true);
});

test('files are sealed anew, and those from before they were kept by what they are move', async () => {
  const { api } = scene;
  const { visitId } = await scene.book();
  const [kept, former] = [aStill(visitId), aVoiceNote(visitId)];
  await sendAll(scene.patient, kept);
  await sendAll(scene.patient, former);
  await layByItself(former);
  const commands = await keyCommandsOf(api);
  await commands.rotate();
  await letKeysAge(api, 300);
  expect(await commands.retire('1')).toBe(false);
  expect(await commands.rewrite()).toBe(true);
  expect(await commands.retire('1')).toBe(true);
  await api.refreshKeys();
  for (const note of [kept, former]) {
    expect((await download(scene.doctor, note)).equals(note.bytes)).toBe(true);
  }
  expect(await keptFiles()).toHaveLength(2);
  expect(await begin(scene.patient, former)).toMatchObject({ isDelivered: true });
});

/** As a note was kept before: in the folder of its visit, whole. */
async function layByItself(note: Note): Promise<void> {
  const { api, clinic } = scene;
  const { visitId, attachmentId: id } = note.params;
  const content = createAttachmentContent({
    ...openFileStores({ BLOB_DIR: api.blobDirectory, S3_REGION: '' }),
    cipher: createContentCipher(api.keys),
    files: {
      read: () => {
        throw new Error('it lies by itself');
      },
    },
  });
  await content.write({ organizationId: clinic.organizationId, visitId, id }, 0, note.bytes);
  await api.database.prisma.attachment.updateMany({ where: { id }, data: { contentAddress: null } });
}
