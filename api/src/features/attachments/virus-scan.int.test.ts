import { buildPath, endpoints, type VisitId } from '@careconnect/contracts';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { createClamd } from '../../core/virus-scanner.ts';
import { EICAR, startFakeClamd, type FakeClamd } from '../../testing/fake-clamd.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { aStill, aVoiceNote, begin, sendAll, type Note } from './testing/a-note.ts';

let clamd: FakeClamd;
let scene: CareScene;
beforeAll(async () => {
  clamd = await startFakeClamd();
  scene = await startCareScene(inject('postgresUrl'), { scanner: createClamd(clamd) });
});
afterEach(() => clamd.setAway(false));
afterAll(async () => {
  await scene.close();
  await clamd.close();
});

async function aVisit(): Promise<VisitId> {
  return (await scene.book()).visitId;
}

async function countMessages(visitId: VisitId): Promise<number> {
  return scene.api.database.prisma.chatMessage.count({ where: { visitId } });
}

/** Whole, in one step. */
const refusalOf = async (note: Note) => {
  await begin(scene.patient, note);
  const call = { params: note.params, query: { offset: 0 }, body: note.bytes };
  return scene.patient.refused(endpoints.attachments.append, call);
};

function anInfectedNote(visitId: VisitId): Note {
  const note = aVoiceNote(visitId, 40_000);
  EICAR.copy(note.bytes, 20_000);
  return note;
}

test('what is clean is delivered once it was looked through', async () => {
  const visitId = await aVisit();
  const before = clamd.scanned();
  for (const note of [aVoiceNote(visitId), aStill(visitId)]) {
    expect(await sendAll(scene.patient, note)).toMatchObject({ isDelivered: true });
  }
  expect(clamd.scanned() - before).toBe(2);
});

test('what holds a virus is refused in plain words, thrown away, and shown to nobody', async () => {
  const visitId = await aVisit();
  const note = anInfectedNote(visitId);
  const problem = await refusalOf(note);
  expect(problem).toMatchObject({
    code: 'ATTACHMENT_REFUSED',
    detail: expect.stringContaining('holds a virus') as unknown,
  });
  expect(await countMessages(visitId)).toBe(0);
  expect(await scene.api.database.prisma.attachment.count({ where: { visitId } })).toBe(0);
  const url = new URL(buildPath(endpoints.attachments.content.path, note.params), scene.api.url);
  const cookie = [...scene.doctor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  expect((await fetch(url, { headers: { cookie } })).status).toBe(404);
});

test('while the scanner is away a file waits unseen, and is delivered by itself afterwards', async () => {
  const visitId = await aVisit();
  const note = aVoiceNote(visitId, 40_000);
  clamd.setAway(true);
  const problem = await refusalOf(note);
  expect(problem).toMatchObject({
    code: 'ATTACHMENT_UNCHECKED',
    detail: expect.stringContaining('cannot be checked for viruses right now') as unknown,
  });
  await scene.api.deliverWaiting();
  expect(await countMessages(visitId)).toBe(0);
  clamd.setAway(false);
  await scene.api.deliverWaiting();
  expect(await countMessages(visitId)).toBe(1);
  expect(await begin(scene.patient, note)).toEqual({ receivedBytes: 40_000, isDelivered: true });
});

test('what has waited and then turns out to hold a virus is shown to nobody either', async () => {
  const visitId = await aVisit();
  const note = anInfectedNote(visitId);
  clamd.setAway(true);
  expect((await refusalOf(note)).code).toBe('ATTACHMENT_UNCHECKED');
  clamd.setAway(false);
  await scene.api.deliverWaiting();
  expect(await countMessages(visitId)).toBe(0);
  expect(await scene.api.database.prisma.attachment.count({ where: { visitId } })).toBe(0);
});
