import type { SeatId, VisitId } from '@careconnect/contracts';
import { endpoints } from '@careconnect/contracts';
import { internalApiEndpoints, type QualitySample, type SeatKey } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aSeat, keyOf } from '../seats/testing/a-seat.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { createQualityRepository } from './quality.repository.ts';
import { aKey, measuresOf } from './testing/a-sample.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { get } = endpoints.quality;

const SERVER: NonNullable<QualitySample['server']> = {
  outbound: { roundTripTime: 41, packetLoss: 0.25, bitrate: 812_000, audioScore: 10, videoScore: 9 },
  inbound: { roundTripTime: null, packetLoss: null, bitrate: 0, audioScore: null, videoScore: null },
};

function aSampleOf(seat: SeatKey, seconds: number, changes: Partial<QualitySample> = {}): QualitySample {
  const at = new Date(scene.api.clock.now().getTime() + seconds * 1_000).toISOString();
  return { ...keyOf(seat), idempotencyKey: aKey(), at, measures: measuresOf({}), server: null, ...changes };
}

async function tell(samples: QualitySample[]): Promise<void> {
  await scene.api.asSignaling(internalApiEndpoints.qualitySamples, { body: { samples } });
}

function stored(visitId: VisitId) {
  return createQualityRepository({ database: scene.api.database }).ofVisit(
    scene.clinic.organizationId,
    visitId,
  );
}

test('each period is stored once, and comes back as it was told', async () => {
  const seat = await aSeat(scene);
  const video = { frameWidth: null, frameHeight: null, framesPerSecond: 12.5, jitter: null };
  const samples = [
    aSampleOf(seat, 5, { server: SERVER }),
    aSampleOf(seat, 10, { measures: measuresOf({ audio: null, video }) }),
    aSampleOf(seat, 15, { measures: measuresOf({ video: null, roundTripTime: null }) }),
  ];
  await tell(samples.slice(0, 2));
  await tell(samples);
  const { samples: rows } = await stored(seat.visitId);
  expect(rows).toEqual(
    samples.map(({ seatId, at, measures, server }) => ({ seatId, at: new Date(at), measures, server })),
  );
});

test('one about a foreign or an unknown seat is left out, and does not hold up the others', async () => {
  const seat = await aSeat(scene);
  const foreign = { ...seat, organizationId: scene.foreign.organizationId };
  const unknown = { ...seat, seatId: aKey() as SeatId };
  const elsewhere = { ...seat, visitId: (await aSeat(scene)).visitId };
  await tell([foreign, unknown, elsewhere, seat].map((about) => aSampleOf(about, 5)));
  expect((await stored(seat.visitId)).samples).toHaveLength(1);
  expect((await stored(elsewhere.visitId)).samples).toEqual([]);
});

test('what is too small for the database to tell from nothing does not hold up the others', async () => {
  const [odd, other] = [await aSeat(scene), await aSeat(scene)];
  const audio = { jitter: Number.MIN_VALUE, concealedShare: 1e-300 };
  await tell([
    aSampleOf(odd, 5, { measures: measuresOf({ roundTripTime: 1e-46, audio }) }),
    aSampleOf(other, 5),
  ]);
  expect((await stored(other.visitId)).samples).toHaveLength(1);
  const [sample] = (await stored(odd.visitId)).samples;
  expect(sample?.measures).toEqual(measuresOf({ roundTripTime: 0, audio: { jitter: 0, concealedShare: 0 } }));
});

test('one seat cannot use up the key of another, nor more than its share', async () => {
  const [one, other] = [await aSeat(scene), await aSeat(scene)];
  const idempotencyKey = aKey();
  await tell([aSampleOf(one, 5, { idempotencyKey }), aSampleOf(other, 5, { idempotencyKey })]);
  expect((await stored(other.visitId)).samples).toHaveLength(1);

  const small = createQualityRepository({ database: scene.api.database, maxSamples: 1 });
  await small.store([aSampleOf(one, 10), aSampleOf(other, 10)]);
  expect((await stored(one.visitId)).samples).toHaveLength(1);
});

test('whoever may read it gets grade, reasons and timeline, and every look leaves its trace', async () => {
  const seat = await aSeat(scene);
  const params = { visitId: seat.visitId };
  const empty = await scene.doctor.call(get, { params });
  expect(empty).toMatchObject({ grade: 'unknown', reasons: [], participants: [] });
  const frozen = { freezeCount: 1, totalFreezesDuration: 700 };
  await tell([
    ...[5, 10, 15].map((seconds) => aSampleOf(seat, seconds)),
    aSampleOf(seat, 20, { measures: measuresOf({ video: frozen }) }),
  ]);
  const quality = await scene.patient.call(get, { params });
  expect(quality).toMatchObject({
    grade: 'exam-grade',
    reasons: [{ problem: 'freezes', share: 0.25 }],
    participants: [{ seatId: seat.seatId, seatRole: 'patient', measuredSeconds: 20 }],
  });
  expect(quality.participants[0]?.timeline).toHaveLength(4);
  expect(quality.participants[0]?.timeline[3]).toMatchObject({
    totalFreezesDuration: 700,
    problems: ['freezes'],
  });
  for (const client of [scene.foreignDoctor, scene.foreignPatient]) {
    expect((await client.refused(get, { params })).code).toBe('VISIT_NOT_FOUND');
  }
  expect((await scene.desk.refused(get, { params })).code).toBe('FORBIDDEN');
  const where = { action: 'visit.readQuality', entityId: seat.visitId };
  expect(await scene.api.database.prisma.auditEvent.count({ where })).toBe(2);
});
