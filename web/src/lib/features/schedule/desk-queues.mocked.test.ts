import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aDoctor, aWaitingEntry, FakeDesk } from '#lib/features/visits/today/testing/fake-desk.ts';
import { DeskQueues } from './desk-queues.svelte.ts';

const edge = vi.hoisted((): { desk: FakeDesk | null } => ({ desk: null }));

vi.mock('socket.io-client', () => ({
  io: (_namespace: string, { auth }: { auth: (send: () => void) => void }) => edge.desk?.open(auth),
}));

const doctor = { id: aDoctor(1), name: 'Dr Taliyah' };
const SETTLED_MS = 1_000;

let desk: FakeDesk;
beforeEach(() => {
  vi.useFakeTimers();
  desk = new FakeDesk();
  edge.desk = desk;
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of a change when somebody has come, and not when a queue is only read again', async () => {
  desk.queues.set(doctor.id, [aWaitingEntry(1)]);
  const onChange = vi.fn();
  const queues = new DeskQueues({ api: desk.api, doctors: [doctor], onChange });
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect(queues.walkIns).toHaveLength(1);

  await queues.refresh();
  desk.push(doctor.id, [aWaitingEntry(1)]);
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect(onChange).not.toHaveBeenCalled();

  desk.push(doctor.id, [aWaitingEntry(1), aWaitingEntry(2)]);
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect(onChange).toHaveBeenCalledOnce();
  expect(queues.walkIns).toHaveLength(2);
  queues.close();
});
