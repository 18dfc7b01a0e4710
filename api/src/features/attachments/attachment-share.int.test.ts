import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { append, aVoiceNote, begin, type Note } from './testing/a-note.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'), { rateLimitFactor: 1 });
});
afterAll(() => scene.close());

test('whoever sends one step many times at once leaves connections to the database for the others', async () => {
  const { id: visitId } = await scene.doctor.call(endpoints.visits.create, {
    body: { patientId: scene.clinic.patientId, idempotencyKey: randomUUID() },
  });
  const note = aVoiceNote(visitId);
  await begin(scene.patient, note);

  const slow = await lockOn(note);
  const sending = Promise.allSettled(Array.from({ length: 20 }, () => append(scene.patient.copy(), note, 0)));
  try {
    await expect.poll(slow.countWaiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(6);
    const looked = await scene.doctor.call(endpoints.visits.get, { params: { visitId } });
    expect(looked).toMatchObject({ id: visitId });
  } finally {
    await slow.release();
  }
  const value = { receivedBytes: note.bytes.length, isDelivered: true };
  expect(await sending).toEqual(Array(20).fill({ status: 'fulfilled', value }));
});

/** Holds the row of a note, as an upload does for as long as a disk takes. */
async function lockOn({ params }: Note) {
  const holder = await scene.api.database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM attachment WHERE id = $1 FOR UPDATE', [params.attachmentId]);
  return {
    countWaiting: async () => {
      // Within a transaction the first look is remembered.
      await holder.query('SELECT pg_stat_clear_snapshot()');
      const { rows } = await holder.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0]?.waiting ?? 0;
    },
    release: async () => {
      await holder.query('ROLLBACK');
      holder.release();
    },
  };
}
