import { endpoints } from '@careconnect/contracts';
import { internalApiEndpoints, type QualitySample, type SeatKey } from '@careconnect/contracts/internal';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { aFact, aSeat, comeIn, keyOf, tell } from '../seats/testing/a-seat.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { aKey, measuresOf } from './testing/a-sample.ts';

const { live, list, visit: one, export: exportTable } = endpoints.qualityWatch;
const BAD = { audio: { concealedShare: 0.4 } };

let scene: CareScene;
let admin: TestClient;
let foreignAdmin: TestClient;

beforeEach(async () => {
  scene = await startCareScene(inject('postgresUrl'));
  admin = await scene.api.signIn(scene.clinic.members.admin);
  foreignAdmin = await scene.api.signIn(scene.foreign.members.admin);
});
afterEach(() => scene.close());

/** A visit of the clinic that goes on, with a minute of one person's measures until now. */
async function aMinute(moment: Parameters<typeof measuresOf>[0] = {}): Promise<SeatKey> {
  const seat = await aSeat(scene);
  await comeIn(scene, seat);
  const { prisma } = scene.api.database;
  await prisma.visit.update({
    where: { id: seat.visitId },
    data: { state: 'in_progress', waitingSince: scene.api.clock.now(), startedAt: scene.api.clock.now() },
  });
  const now = scene.api.clock.now().getTime();
  const samples = Array.from({ length: 12 }, (_none, index): QualitySample => ({
    ...keyOf(seat),
    idempotencyKey: aKey(),
    at: new Date(now - 5_000 * index).toISOString(),
    measures: measuresOf(moment),
    server: null,
  }));
  await scene.api.asSignaling(internalApiEndpoints.qualitySamples, { body: { samples } });
  return seat;
}

async function end(visitId: string): Promise<void> {
  const { prisma } = scene.api.database;
  await prisma.visit.update({
    where: { id: visitId },
    data: { state: 'ended', endedAt: scene.api.clock.now() },
  });
}

function auditsOf(action: string) {
  return scene.api.database.prisma.auditEvent.count({ where: { action } });
}

test('an administrator sees what goes on, what is wrong with it, and since when', async () => {
  const [good, bad] = [await aMinute(), await aMinute(BAD)];
  const quality = await admin.call(live, {});
  expect(quality.counts).toEqual({ 'exam-grade': 1, 'audio-only': 0, inadequate: 1, unknown: 0 });
  expect(quality.visits.map(({ visitId }) => visitId).sort()).toEqual([good.visitId, bad.visitId].sort());
  expect(quality.alerts).toMatchObject([
    { kind: 'inadequate-sound', visitId: bad.visitId, problem: 'audio-concealed' },
  ]);
  const troubled = await admin.call(live, { query: { problems: 'only' } });
  expect(troubled.visits.map(({ visitId }) => visitId)).toEqual([bad.visitId]);
  expect(troubled.counts).toEqual(quality.counts);
  expect((await admin.call(live, { query: { q: 'nobody' } })).visits).toEqual([]);
  expect(await foreignAdmin.call(live, {})).toMatchObject({ visits: [], alerts: [] });
});

test('list, drill-down, alert and table say the same of somebody who is cut off, and when they are back', async () => {
  const seat = await aMinute(BAD);
  const { visitId } = seat;
  const look = async () => {
    const [all, drilled] = [await admin.call(live, {}), await admin.call(one, { params: { visitId } })];
    const listed = all.visits.find((visit) => visit.visitId === visitId);
    expect(drilled.now).toEqual({ visit: listed, alerts: all.alerts });
    const person = listed?.participants.find(({ seatId }) => seatId === seat.seatId);
    return { presence: person?.presence, alerts: all.alerts, quality: drilled.quality };
  };
  expect((await look()).alerts).toMatchObject([{ kind: 'inadequate-sound', seatId: seat.seatId }]);

  await tell(scene, [aFact(scene, 'seat.disconnected', seat)]);
  const since = scene.api.clock.now().toISOString();
  scene.api.clock.advance(14_000);
  const away = await look();
  expect(away.presence).toEqual({ where: 'cut-off', since });
  expect(away.alerts).toMatchObject([{ kind: 'cut-off', visitId, seatId: seat.seatId, since }]);
  expect(away.quality.grade).toBe('inadequate');
  expect((await admin.call(live, { query: { problems: 'only' } })).visits).toHaveLength(1);
  const table = String(await admin.call(exportTable, { query: { problems: 'only' } }));
  expect(table).toContain(`Cut off since ${since},,`);
  expect(table).toContain('In the visit');

  await tell(scene, [aFact(scene, 'seat.connected', seat)]);
  scene.api.clock.advance(1_000);
  const back = await look();
  expect(back.presence).toMatchObject({ where: 'here', received: { grade: 'unknown' }, lastSampleAt: null });
  expect(back.alerts).toEqual([]);

  await end(visitId);
  const over = await admin.call(one, { params: { visitId } });
  expect([over.now, over.quality.grade]).toEqual([null, 'inadequate']);
  expect((await foreignAdmin.refused(one, { params: { visitId } })).code).toBe('VISIT_NOT_FOUND');
});

test('a page that is read again and again is on record once, and again for somebody new', async () => {
  await aMinute();
  await admin.call(live, {});
  await admin.call(live, {});
  expect(await auditsOf('quality.watch')).toBe(1);
  const { visitId } = await aMinute(BAD);
  const data = { patientId: scene.clinic.otherPatientId };
  await scene.api.database.prisma.visit.update({ where: { id: visitId }, data });
  await admin.call(live, {});
  expect(await auditsOf('quality.watch')).toBe(2);
  scene.api.clock.advance(6 * 60_000);
  await admin.call(live, {});
  expect(await auditsOf('quality.watch')).toBe(3);
});

test('a visit that is watched is on record with the look that began it, and each visit on its own', async () => {
  const [{ visitId }, { visitId: otherId }] = [await aMinute(), await aMinute(BAD)];
  const look = (id = visitId) => admin.call(one, { params: { visitId: id } });
  const { visit } = await look();
  expect(visit).toMatchObject({ id: visitId, state: 'in_progress', patient: { id: scene.clinic.patientId } });
  const { prisma } = scene.api.database;
  const rows = () =>
    prisma.auditEvent.count({ where: { patientId: scene.clinic.patientId, action: 'visit.readQuality' } });
  const begun = await rows();
  for (let poll = 0; poll < 3; poll += 1) await look();
  expect(await rows()).toBe(begun);
  // Another visit of the same patient, in a page beside it.
  await look(otherId);
  for (const id of [visitId, otherId, visitId, otherId]) await look(id);
  expect(await rows()).toBe(begun + 1);
  // Who reads it once, in another place, is on record as ever.
  await admin.call(endpoints.quality.get, { params: { visitId } });
  expect(await rows()).toBe(begun + 2);
  scene.api.clock.advance(6 * 60_000);
  await look();
  expect(await rows()).toBe(begun + 3);
});

test('what is over is listed with its grade, page by page, as the filters say', async () => {
  const seats = [await aMinute(), await aMinute(BAD), await aMinute(BAD)];
  for (const { visitId } of seats) await end(visitId);
  await aMinute(BAD);
  const all = await admin.call(list, {});
  expect(all.items.map(({ grade }) => grade).sort()).toEqual(['exam-grade', 'inadequate', 'inadequate']);
  expect(all.nextCursor).toBeNull();
  expect((await admin.call(list, { query: { grade: 'inadequate' } })).items).toHaveLength(2);
  expect((await admin.call(list, { query: { to: '2020-01-01' } })).items).toEqual([]);
  expect((await foreignAdmin.call(list, {})).items).toEqual([]);
  expect(await auditsOf('quality.list')).toBe(4);
});

test('a long list goes on where the page before left off', async () => {
  const { prisma } = scene.api.database;
  const first = await aMinute();
  await end(first.visitId);
  const row = await prisma.visit.findUniqueOrThrow({ where: { id: first.visitId } });
  const { organizationId, practitionerId } = row;
  const at = { waitingSince: row.waitingSince, startedAt: row.startedAt, endedAt: row.endedAt };
  for (let index = 0; index < 24; index += 1) {
    await prisma.visit.create({
      data: {
        organizationId,
        practitionerId,
        patientId: row.patientId,
        origin: 'walk_in',
        state: 'ended',
        idempotencyKey: aKey(),
        ...at,
      },
    });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.call(list, { query: { limit: 10, ...(cursor && { cursor }) } });
    seen.push(...page.items.map(({ visitId }) => visitId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  const lines = String(await admin.call(exportTable, {})).split('\r\n');
  expect(lines).toHaveLength(27);
});

test('the table has those that go on and those that are over, in words, and nothing that runs', async () => {
  const [going, over] = [await aMinute(BAD), await aMinute()];
  await end(over.visitId);
  const { prisma } = scene.api.database;
  await prisma.patient.update({ where: { id: scene.clinic.patientId }, data: { name: '=cmd(), "Bilal"' } });
  const answer = await admin.send('GET', exportTable.path);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const text = String(answer.body);
  expect(text).toMatch(/^\uFEFF?Visit,State,Patient,Doctor,Started \(UTC\)/);
  expect(text).toContain(`${going.visitId},In the visit,"'=cmd(), ""Bilal"""`);
  expect(text).toMatch(/Too poor,100 %: pieces of the sound were missing/);
  expect(text).toContain('Clear enough to examine,no trouble');
  expect(text).toContain(',Here,Too poor,Too little was measured');
  const examined = await admin.send('GET', `${exportTable.path}?grade=exam-grade`);
  expect(String(examined.body)).toContain(over.visitId);
  expect(String(examined.body)).not.toContain(going.visitId);
  expect(String((await foreignAdmin.send('GET', exportTable.path)).body).split('\r\n')).toHaveLength(2);
  expect((await scene.doctor.refused(exportTable)).code).toBe('FORBIDDEN');
  expect(await auditsOf('quality.export')).toBe(3);
});
