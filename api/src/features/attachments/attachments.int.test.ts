import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ATTACHMENT_STEP_BYTES,
  AttachmentId,
  buildPath,
  endpoints,
  STILL_MAX_BYTES,
  VISIT_MAX_ATTACHMENTS,
  VOICE_NOTE_MAX_BYTES,
  type ChatMessage,
  type VisitId,
} from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import {
  aJpeg,
  aNote,
  append,
  aStill,
  aVoiceNote,
  begin,
  jpegPart,
  sendAll,
  type Note,
} from './testing/a-note.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const contract = endpoints.attachments;
const STEP = ATTACHMENT_STEP_BYTES;

async function aVisit(): Promise<VisitId> {
  return (await scene.book()).visitId;
}

async function messagesOf(visitId: VisitId): Promise<ChatMessage[]> {
  const { messages } = await scene.doctor.call(endpoints.visits.record, { params: { visitId } });
  return messages;
}

/** As a browser asks for it. */
async function download(client: TestClient, { params }: Note, headers: Record<string, string> = {}) {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const url = new URL(buildPath(contract.content.path, params), scene.api.url);
  const response = await fetch(url, { headers: { cookie, ...headers } });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Of those that are on their way. */
async function filesOf(visitId: VisitId): Promise<string[]> {
  const folder = join(scene.api.blobDirectory, scene.clinic.organizationId, visitId);
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

async function keptFileOf({ params }: Note): Promise<string> {
  const { contentAddress } = await scene.api.database.prisma.attachment.findFirstOrThrow({
    where: { id: params.attachmentId },
  });
  const folder = join(scene.api.blobDirectory, 'kept', scene.clinic.organizationId);
  return join(folder, contentAddress?.slice(0, 2) ?? '', contentAddress ?? '');
}

test('a voice note arrives once in the chat, and everyone connected is told', async () => {
  const visitId = await aVisit();
  const note = aVoiceNote(visitId);
  await scene.api.settled();
  scene.api.signaling.take();
  expect(await sendAll(scene.patient, note)).toEqual({ receivedBytes: note.bytes.length, isDelivered: true });
  await scene.api.settled();

  const [message, ...others] = await messagesOf(visitId);
  expect(others).toEqual([]);
  const { attachmentId: id } = note.params;
  const { kind, mediaType, sizeBytes } = note.draft;
  expect(message).toMatchObject({
    clientMessageId: id,
    sequence: 1,
    authorName: scene.clinic.members.patient.name,
    body: '',
    attachment: { id, kind, mediaType, sizeBytes, durationMs: 4_000 },
  });
  expect(scene.api.signaling.take()).toEqual([{ type: 'chat.stored', message }]);
});

test('words and notes of a visit are numbered together', async () => {
  const visitId = await aVisit();
  const { seatId } = await scene.patient.call(endpoints.seats.joinTicket, { params: { visitId } });
  const params = { organizationId: scene.clinic.organizationId, visitId, seatId };
  await sendAll(scene.patient, aStill(visitId));
  await scene.api.asSignaling(internalApiEndpoints.storeMessage, {
    params,
    body: { clientMessageId: randomUUID(), body: 'Since this morning' },
  });
  await sendAll(scene.doctor, aVoiceNote(visitId));
  const messages = await messagesOf(visitId);
  expect(messages.map(({ sequence, body, attachment }) => [sequence, body, attachment?.kind])).toEqual([
    [1, '', 'still'],
    [2, 'Since this morning', undefined],
    [3, '', 'voice_note'],
  ]);
  expect(messages[0]?.attachment).not.toHaveProperty('organizationId');
});

test('an upload that was cut off goes on where it was', async () => {
  const note = aVoiceNote(await aVisit());
  await begin(scene.patient, note);
  expect(await append(scene.patient, note, 0, STEP)).toEqual({ receivedBytes: STEP, isDelivered: false });
  expect(await begin(scene.patient, note), 'another page').toEqual({
    receivedBytes: STEP,
    isDelivered: false,
  });
  expect(await append(scene.patient, note, 0, STEP), 'its answer was lost').toMatchObject({
    receivedBytes: STEP,
  });
  expect(await append(scene.patient, note, STEP * 2, STEP), 'a gap').toMatchObject({ receivedBytes: STEP });
  await sendAll(scene.patient, note);
  const { bytes } = await download(scene.doctor, note);
  expect(bytes.equals(note.bytes)).toBe(true);
});

test('sent by several pages at once it is one message, with the right content', async () => {
  const visitId = await aVisit();
  const note = aVoiceNote(visitId);
  await Promise.all([1, 2, 3, 4].map(() => sendAll(scene.patient.copy(), note)));
  expect(await sendAll(scene.patient, note), 'and again later').toMatchObject({ isDelivered: true });
  expect(await messagesOf(visitId)).toHaveLength(1);
  expect((await download(scene.doctor, note)).bytes.equals(note.bytes)).toBe(true);
});

test('an id is good for one note of one person', async () => {
  const visitId = await aVisit();
  const note = aVoiceNote(visitId);
  await begin(scene.patient, note);
  const { params, draft } = note;
  const refusedTo = async (client: TestClient, body: typeof draft) =>
    (await client.refused(contract.begin, { params, body })).code;
  expect(await refusedTo(scene.doctor, draft)).toBe('CONFLICT');
  expect(await refusedTo(scene.patient, { ...draft, sizeBytes: 5 })).toBe('CONFLICT');
  const other = { params, query: { offset: 0 }, body: note.bytes.subarray(0, STEP) };
  expect((await scene.doctor.refused(contract.append, other)).code).toBe('NOT_FOUND');
});

test('nobody but the two whose visit it is sends into it or opens what is in it', async () => {
  const visitId = await aVisit();
  const note = aStill(visitId);
  const { params, draft: body } = note;
  for (const [client, code] of [
    [scene.foreignPatient, 'VISIT_NOT_FOUND'],
    [scene.foreignDoctor, 'VISIT_NOT_FOUND'],
    [scene.desk, 'FORBIDDEN'],
    [scene.api.client(), 'UNAUTHENTICATED'],
  ] as const) {
    expect((await client.refused(contract.begin, { params, body })).code).toBe(code);
  }
  await sendAll(scene.patient, note);
  for (const client of [scene.patient, scene.doctor]) {
    expect((await download(client, note)).bytes.equals(note.bytes)).toBe(true);
  }
  for (const [client, status] of [
    [scene.foreignPatient, 404],
    [scene.foreignDoctor, 404],
    [scene.desk, 403],
    [scene.api.client(), 401],
  ] as const) {
    expect((await download(client, note)).response.status).toBe(status);
  }
  const reads = await scene.api.database.prisma.auditEvent.findMany({
    where: { action: 'attachment.read', entityId: params.attachmentId },
    orderBy: { at: 'asc' },
  });
  expect(reads.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
});

test('what is not yet delivered is not to be had', async () => {
  const note = aVoiceNote(await aVisit());
  await begin(scene.patient, note);
  await append(scene.patient, note, 0, STEP);
  expect((await download(scene.patient, note)).response.status).toBe(404);
});

test('a file that is something else, too large or in pieces of its own is refused', async () => {
  const visitId = await aVisit();
  const page = Buffer.from('<script>alert(1)</script>');
  const disguised = aNote(visitId, page, { kind: 'still', mediaType: 'image/png', sizeBytes: page.length });
  await begin(scene.patient, disguised);
  const whole = { params: disguised.params, query: { offset: 0 }, body: page };
  expect((await scene.patient.refused(contract.append, whole)).code).toBe('ATTACHMENT_REFUSED');

  const { params } = disguised;
  for (const body of [
    { kind: 'still', mediaType: 'image/jpeg', sizeBytes: STILL_MAX_BYTES + 1 },
    { kind: 'voice_note', mediaType: 'audio/webm', sizeBytes: VOICE_NOTE_MAX_BYTES + 1, durationMs: 1 },
  ] as const) {
    expect((await scene.patient.refused(contract.begin, { params, body })).code).toBe('VALIDATION_FAILED');
  }
  const note = aVoiceNote(visitId);
  await begin(scene.patient, note);
  const call = { params: note.params, query: { offset: 0 } };
  const inPieces = { ...call, body: note.bytes.subarray(0, 100) };
  expect((await scene.patient.refused(contract.append, inPieces)).code).toBe('VALIDATION_FAILED');
  const tooLong = { ...call, body: randomBytes(note.bytes.length + 1) };
  expect((await scene.patient.refused(contract.append, tooLong)).code).toBe('VALIDATION_FAILED');
  const json = await scene.patient.send('PATCH', `${buildPath(contract.append.path, note.params)}?offset=0`, {
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect(json.status).toBe(415);
});

test('a still that says where it was taken is refused, and nothing of it stays', async () => {
  const visitId = await aVisit();
  const note = aStill(visitId, aJpeg(jpegPart(0xe1, 'Exif\0\0 the street where she lives')));
  await begin(scene.patient, note);
  const call = { params: note.params, query: { offset: 0 }, body: note.bytes };
  expect((await scene.patient.refused(contract.append, call)).code).toBe('ATTACHMENT_REFUSED');
  expect(await filesOf(visitId)).toEqual([]);
  expect(await scene.api.database.prisma.attachment.count({ where: { visitId } })).toBe(0);
  expect(await messagesOf(visitId)).toEqual([]);
});

test('nothing of a note lies in plain text on the disk, from its first step', async () => {
  const visitId = await aVisit();
  const note = aVoiceNote(visitId, STEP * 2);
  note.bytes.write('feverish since this morning', 500);
  await begin(scene.patient, note);
  await append(scene.patient, note, 0, STEP);
  const [file = ''] = await filesOf(visitId);
  expect((await readFile(file)).includes('feverish')).toBe(false);
  await sendAll(scene.patient, note);
  expect(await filesOf(visitId), 'it is kept by what it is').toEqual([]);
  const kept = await keptFileOf(note);
  const stored = await readFile(kept);
  expect(stored.includes('feverish')).toBe(false);
  expect(stored.includes(note.bytes.subarray(0, 4))).toBe(false);

  // A step that was moved or changed does not open.
  await writeFile(
    kept,
    Buffer.concat([stored.subarray(stored.length / 2), stored.subarray(0, stored.length / 2)]),
  );
  await expect(download(scene.doctor, note)).rejects.toThrow();
});

test('a player gets the part that it asks for, and a browser runs nothing of it', async () => {
  const note = aVoiceNote(await aVisit());
  await sendAll(scene.patient, note);
  const { length } = note.bytes;
  for (const [asked, first, last] of [
    ['bytes=0-0', 0, 0],
    [`bytes=${STEP - 10}-${STEP + 9}`, STEP - 10, STEP + 9],
    [`bytes=${STEP}-`, STEP, length - 1],
    ['bytes=-5', length - 5, length - 1],
  ] as const) {
    const { response, bytes } = await download(scene.doctor, note, { range: asked });
    expect(response.status, asked).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${length}`);
    expect(bytes.equals(note.bytes.subarray(first, last + 1)), asked).toBe(true);
  }
  expect((await download(scene.doctor, note, { range: `bytes=${length}-` })).response.status).toBe(416);
  const { headers } = (await download(scene.doctor, note)).response;
  expect(headers.get('content-type')).toBe('audio/webm');
  expect(headers.get('content-disposition')).toBe('inline; filename="voice-note.webm"');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('what was begun and left lying is gone after a day, what was delivered stays', async () => {
  const visitId = await aVisit();
  const [left, delivered] = [aVoiceNote(visitId), aVoiceNote(visitId)];
  await begin(scene.patient, left);
  await append(scene.patient, left, 0, STEP);
  await sendAll(scene.patient, delivered);
  scene.api.clock.advance(23 * 3_600_000);
  await scene.api.sweep();
  expect(await filesOf(visitId)).toHaveLength(1);
  scene.api.clock.advance(2 * 3_600_000);
  await scene.api.sweep();
  expect(await filesOf(visitId)).toEqual([]);
  const patient = await scene.api.signIn(scene.clinic.members.patient);
  expect((await download(patient, delivered)).bytes.equals(delivered.bytes)).toBe(true);
  expect(await begin(patient, left), 'from its beginning').toEqual({ receivedBytes: 0, isDelivered: false });
});

test('a visit keeps only so many, and none that comes after its end', async () => {
  const doctor = await scene.api.signIn(scene.clinic.members.doctor);
  const patient = await scene.api.signIn(scene.clinic.members.patient);
  const walkIn = await doctor.call(endpoints.visits.create, {
    body: { patientId: scene.clinic.patientId, idempotencyKey: randomUUID() },
  });
  const visitId = walkIn.id;
  const notes = Array.from({ length: VISIT_MAX_ATTACHMENTS }, () => aVoiceNote(visitId));
  const [first] = notes;
  for (const note of notes) await begin(patient, note);
  const { draft: body } = aVoiceNote(visitId);
  const one = { visitId, attachmentId: AttachmentId.parse(randomUUID()) };
  expect((await patient.refused(contract.begin, { params: one, body })).code).toBe('ATTACHMENTS_FULL');

  await doctor.call(endpoints.visits.start, { params: { visitId } });
  await doctor.call(endpoints.visits.end, { params: { visitId } });
  if (!first) throw new Error('there is no note');
  const call = { params: first.params, query: { offset: 0 }, body: first.bytes.subarray(0, STEP) };
  expect((await patient.refused(contract.append, call)).code).toBe('VISIT_OVER');
});
