import { randomUUID } from 'node:crypto';
import {
  OrganizationId,
  PractitionerId,
  QUEUE_MAX_ENTRIES,
  VisitId,
  type QueueEntry,
} from '@careconnect/contracts';
import { PUSH_BODY_MAX_BYTES, PUSH_MAX_COUNT, type Push } from '@careconnect/contracts/internal';
import { createServiceClient, createServiceTokens } from '@careconnect/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRecordingSignaling, type RecordingSignaling } from '../testing/recording-signaling.ts';
import { pushToSignaling } from './push-delivery.ts';
import { createPushPort } from './push-port.ts';

const SECRET = 'a-secret-of-at-least-32-characters-length';
const LONGEST_REASON = 'ﷺ'.repeat(500);

let signaling: RecordingSignaling;
beforeAll(async () => {
  signaling = await startRecordingSignaling(SECRET);
});
afterAll(() => signaling.close());

/** Sends everything at once; answers with the doctors whose queues arrived, and with what was logged. */
async function deliver(pushes: readonly Push[]) {
  const logged: unknown[] = [];
  const tokens = createServiceTokens(SECRET, 'api');
  const port = createPushPort({
    deliver: pushToSignaling(createServiceClient({ baseUrl: signaling.url, audience: 'signaling', tokens })),
    log: { error: (...line: unknown[]) => void logged.push(line) },
  });
  for (const push of pushes) port.send([push]);
  await port.idle();
  return { arrived: signaling.take().map(doctorOf), logged };
}

function aQueue(length = 1, reason = 'Cough'): Push {
  const entry: QueueEntry = {
    visitId: VisitId.parse(randomUUID()),
    state: 'waiting',
    origin: 'walk_in',
    patientName: 'Amina Yusuf',
    patientAge: 65,
    reason,
    scheduledAt: null,
    waitingSince: null,
    isPresent: true,
    absence: null,
  };
  return {
    type: 'queue.changed',
    organizationId: OrganizationId.parse(randomUUID()),
    practitionerId: PractitionerId.parse(randomUUID()),
    entries: Array.from({ length }, () => entry),
    positions: [],
  };
}

function doctorOf(push: Push): string {
  return push.type === 'queue.changed' ? push.practitionerId : push.type;
}

test('many pushes and heavy ones all arrive, in the order in which they were sent', async () => {
  const pushes = [
    ...Array.from({ length: 4 }, () => aQueue(QUEUE_MAX_ENTRIES, LONGEST_REASON)),
    ...Array.from({ length: 2 * PUSH_MAX_COUNT }, () => aQueue()),
    ...Array.from({ length: 4 }, () => aQueue(QUEUE_MAX_ENTRIES, LONGEST_REASON)),
  ];
  expect(await deliver(pushes)).toEqual({ arrived: pushes.map(doctorOf), logged: [] });
});

test.each([
  ['against the contract', aQueue(QUEUE_MAX_ENTRIES + 1)],
  ['too large for any request', aQueue(1, 'x'.repeat(PUSH_BODY_MAX_BYTES))],
])('a push that is %s takes no other with it, and is logged by its ids alone', async (_what, culprit) => {
  const [first, before, after] = [aQueue(), aQueue(), aQueue()];
  const { arrived, logged } = await deliver([first, before, culprit, after]);
  expect(arrived).toEqual([first, before, after].map(doctorOf));
  expect(logged).toMatchObject([[{ practitionerId: doctorOf(culprit) }, 'a push was refused and is lost']]);
  expect(JSON.stringify(logged).length).toBeLessThan(1_000);
});

test('a signaling that is away for a moment is told afterwards, in the same order', async () => {
  signaling.failNext(1);
  const pushes = [aQueue(), aQueue(), aQueue()];
  expect(await deliver(pushes)).toEqual({ arrived: pushes.map(doctorOf), logged: [] });
});
