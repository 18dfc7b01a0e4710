import { internalApiEndpoints, type QualitySample } from '@careconnect/contracts/internal';
import { expect, inject, test } from 'vitest';
import { aSeat, comeIn, keyOf } from '../seats/testing/a-seat.ts';
import { startCareScene } from '../visits/testing/a-care-scene.ts';
import { aKey, measuresOf } from './testing/a-sample.ts';

test('live visits are counted by grade, and without a database the other figures are still told', async () => {
  const scene = await startCareScene(inject('postgresUrl'));
  const { api } = scene;
  const seat = await aSeat(scene);
  await comeIn(scene, seat);
  const now = api.clock.now();
  await api.database.prisma.visit.update({
    where: { id: seat.visitId },
    data: { state: 'in_progress', waitingSince: now, startedAt: now },
  });
  const samples = Array.from({ length: 8 }, (_none, index): QualitySample => ({
    ...keyOf(seat),
    idempotencyKey: aKey(),
    at: new Date(now.getTime() - 5_000 * index).toISOString(),
    measures: measuresOf({ audio: { concealedShare: 0.4 } }),
    server: null,
  }));
  await api.asSignaling(internalApiEndpoints.qualitySamples, { body: { samples } });
  const figures = await api.metrics.metrics();
  expect(figures).toMatch(/^careconnect_api_live_visits\{grade="inadequate".*\} 1$/m);
  expect(figures).toMatch(/^careconnect_api_visits_inadequate\{.*\} 1$/m);
  expect(figures).toMatch(/^careconnect_api_concealed_share_count\{.*\} 8$/m);
  await scene.close();
  const without = await api.metrics.metrics();
  expect(without).toMatch(/^careconnect_api_concealed_share_count\{.*\} 8$/m);
  expect(without).not.toMatch(/^careconnect_api_live_visits\{/m);
});
