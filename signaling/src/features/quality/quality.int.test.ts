import { afterEach, beforeEach, expect, test } from 'vitest';
import { bothInRoom, factsAbout } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';
import { aReport } from '../../testing/quality-report.ts';
import { RealSfu } from '../../testing/real-sfu.ts';

let clinic: Harness;

beforeEach(async () => {
  clinic = await Harness.start();
});
afterEach(() => clinic.close());

test('a report reaches api under the seat that it came from, at its own instant, once', async () => {
  const { visit, patient } = await bothInRoom(clinic);
  const before = Date.now();
  const late = aReport({ ageMs: 60_000 });
  const reports = [late, aReport()];
  await patient.ask('quality:report', { reports });
  await patient.ask('quality:report', { reports: [late] });
  await expect.poll(() => clinic.api.samples).toHaveLength(2);
  const [first] = clinic.api.samples;
  const { organizationId, seatId } = visit.patient;
  expect(first).toMatchObject({ organizationId, visitId: visit.id, seatId, measures: late.measures });
  expect(Math.abs(Date.parse(first?.at ?? '') - (before - 60_000))).toBeLessThan(5_000);
});

test('nobody outside the room tells anything, and nonsense is refused as a whole', async () => {
  const visit = clinic.api.add({ state: 'in_progress' });
  const page = await clinic.sit(visit.patient);
  await page.event('welcome');
  expect(await page.refusal('quality:report', { reports: [aReport()] })).toBe('NOT_IN_ROOM');
  await page.ask('seat:join', {});
  const absurd = aReport();
  const measures = { ...absurd.measures, roundTripTime: 1e300 };
  expect(await page.refusal('quality:report', { reports: [{ ...absurd, measures }] })).toBe(
    'VALIDATION_FAILED',
  );
  expect(clinic.api.samples).toEqual([]);
});

test('who tells more than there is loses the rest; the other seat loses nothing', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  for (let time = 0; time < 4; time += 1) {
    await patient.ask('quality:report', { reports: Array.from({ length: 24 }, () => aReport()) });
  }
  await doctor.ask('quality:report', { reports: [aReport()] });
  const countOf = (seatId: string) => clinic.api.samples.filter((sample) => sample.seatId === seatId).length;
  await expect.poll(() => countOf(visit.host.seatId)).toBe(1);
  expect(countOf(visit.patient.seatId)).toBeLessThan(40);
});

test('while api is away reports wait, beside the facts and not before them', async () => {
  const { visit, patient } = await bothInRoom(clinic);
  clinic.api.outage = 'down';
  await patient.ask('quality:report', { reports: [aReport()] });
  await patient.ask('seat:leave', {});
  clinic.api.outage = 'none';
  await expect.poll(() => factsAbout(clinic, visit.patient.seatId)).toContain('seat.goodbye');
  await expect.poll(() => clinic.api.samples).toHaveLength(1);
});

test('the media server’s own measures go with it, and without them it goes as well', async () => {
  const sfu = await RealSfu.start();
  const withMedia = await Harness.start({ sfuUrls: [sfu.url] });
  try {
    const { patient } = await bothInRoom(withMedia);
    await patient.ask('quality:report', { reports: [aReport({ ageMs: 30_000 }), aReport()] });
    await expect.poll(() => withMedia.api.samples).toHaveLength(2);
    const [late, now] = withMedia.api.samples;
    expect(late?.server).toBeNull();
    expect(now?.server).toMatchObject({ outbound: { bitrate: 0 }, inbound: { audioScore: null } });
    await sfu.kill();
    await patient.ask('quality:report', { reports: [aReport()] });
    await expect.poll(() => withMedia.api.samples).toHaveLength(3);
    expect(withMedia.api.samples[2]?.server).toBeNull();
  } finally {
    await withMedia.close();
    await sfu.close();
  }
});
