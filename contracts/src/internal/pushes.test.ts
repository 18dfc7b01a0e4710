import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { QUEUE_MAX_ENTRIES, type QueueEntry } from '../features/queue.ts';
import { walkInEndpoints } from '../features/walk-ins.ts';
import { internalSignalingEndpoints, PUSH_BODY_MAX_BYTES } from './pushes.ts';

/** Three bytes in UTF-8 and one unit in JavaScript: no letter weighs more for its length. */
const HEAVY_LETTER = '\ufdfa';

test('the fullest queue with the longest texts fits one request to signaling', () => {
  const { guest, reason } = walkInEndpoints.enter.body.parse({
    idempotencyKey: randomUUID(),
    reason: HEAVY_LETTER.repeat(500),
    guest: { name: HEAVY_LETTER.repeat(120), birthDate: '1961-07-30' },
  });
  const now = new Date().toISOString();
  const entries = Array.from({ length: QUEUE_MAX_ENTRIES }, (): QueueEntry => ({
    visitId: randomUUID() as QueueEntry['visitId'],
    state: 'in_progress',
    origin: 'appointment',
    patientName: guest?.name ?? '',
    patientAge: 120,
    reason: reason ?? null,
    scheduledAt: now,
    waitingSince: now,
    isPresent: false,
    absence: { since: now, hasLeft: false },
  }));
  const positions = entries.map(({ visitId }) => ({
    visitId,
    position: QUEUE_MAX_ENTRIES,
    isDoctorBusy: false,
    estimateMinutes: { from: 100_000, to: 100_000 },
  }));
  const [organizationId, practitionerId] = [randomUUID(), randomUUID()];
  const body = { pushes: [{ type: 'queue.changed', organizationId, practitionerId, entries, positions }] };
  expect(internalSignalingEndpoints.push.body.safeParse(body).success).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(PUSH_BODY_MAX_BYTES);
});
