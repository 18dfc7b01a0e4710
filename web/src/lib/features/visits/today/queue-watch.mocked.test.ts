import { DESK_REQUEST_LIMIT, type PractitionerId, type QueueEntry } from '@careconnect/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QueueWatch } from './queue-watch.ts';
import { aDoctor, aWaitingEntry, FakeDesk } from './testing/fake-desk.ts';

const edge = vi.hoisted((): { desk: FakeDesk | null } => ({ desk: null }));

vi.mock('socket.io-client', () => ({
  io: (_namespace: string, { auth }: { auth: (send: () => void) => void }) => edge.desk?.open(auth),
}));

const [first, second, third] = [aDoctor(1), aDoctor(2), aDoctor(3)];
/** Long enough for everything that was put off. */
const SOON_MS = 10_000;

let desk: FakeDesk;
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  desk = new FakeDesk();
  edge.desk = desk;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function watch(practitionerIds: readonly PractitionerId[]) {
  const queues = new Map<PractitionerId, readonly QueueEntry[]>();
  const page = { queues, isLive: false };
  const queueWatch = new QueueWatch({
    api: desk.api,
    practitionerIds,
    onQueue: (practitionerId, entries) => queues.set(practitionerId, entries),
    onLive: (isLive) => (page.isLive = isLive),
    onSignedOut: () => undefined,
  });
  return { page, queueWatch };
}

it('asks again for the queues that it was refused, and only for those', async () => {
  desk.refused.add(second);
  const { page, queueWatch } = watch([first, second, third]);
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.asked).toEqual([first, second, third]);
  expect([...page.queues.keys()]).toEqual([first, third]);
  expect(page.isLive).toBe(false);

  desk.refused.clear();
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(desk.asked).toEqual([first, second, third, second]);
  expect(page.queues.has(second)).toBe(true);
  expect(page.isLive).toBe(true);
  queueWatch.close();
});

it('reads at once what it may not watch yet', async () => {
  desk.refused.add(second);
  const { queueWatch } = watch([first, second]);
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.read).toEqual([second]);
  queueWatch.close();
});

it('keeps to what the desk grants when there are many doctors', async () => {
  const doctors = Array.from({ length: DESK_REQUEST_LIMIT.burst + 5 }, (_, index) => aDoctor(index + 1));
  const { page, queueWatch } = watch(doctors);
  await vi.advanceTimersByTimeAsync(900);
  expect(desk.asked).toHaveLength(DESK_REQUEST_LIMIT.burst + 4);
  expect(page.isLive).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(desk.asked).toEqual(doctors);
  expect(page.isLive).toBe(true);
  queueWatch.close();
});

it('reads the other queues when one cannot be read', async () => {
  const { page, queueWatch } = watch([first, second, third]);
  await vi.advanceTimersByTimeAsync(0);
  desk.refused.add(second);
  desk.queues.set(third, [aWaitingEntry(7)]);
  await queueWatch.refresh();
  expect(page.queues.get(third)).toEqual([aWaitingEntry(7)]);
  queueWatch.close();
});

it('asks for nothing more once it is closed', async () => {
  desk.refused.add(first);
  const { queueWatch } = watch([first]);
  await vi.advanceTimersByTimeAsync(0);
  queueWatch.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.asked).toEqual([first]);
});
