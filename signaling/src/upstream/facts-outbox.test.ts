import { randomUUID } from 'node:crypto';
import { OrganizationId, SeatId, VisitId } from '@careconnect/contracts';
import { internalApiEndpoints, type Fact } from '@careconnect/contracts/internal';
import { createLogger } from '@careconnect/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFactsOutbox } from './facts-outbox.ts';

const seat = {
  organizationId: OrganizationId.parse(randomUUID()),
  visitId: VisitId.parse(randomUUID()),
  seatId: SeatId.parse(randomUUID()),
};
const log = createLogger({ name: 'test', level: 'silent' });
const clock = { now: () => new Date() };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('facts of one moment travel together, in order', async () => {
  const api = anApi();
  const outbox = createFactsOutbox({ send: api.send, clock, log });
  outbox.begin();
  for (const type of ['seat.connected', 'seat.joined'] as const) outbox.add(type, seat);
  await vi.runAllTimersAsync();
  expect(api.batches).toEqual([['signaling.started', 'seat.connected', 'seat.joined']]);
  expect(outbox.size).toBe(0);
});

test('a batch is repeated with the same keys until it is stored, with growing pauses', async () => {
  const api = anApi();
  api.failures = 3;
  const outbox = createFactsOutbox({ send: api.send, clock, log, minBackoffMs: 100 });
  outbox.add('seat.connected', seat);
  await vi.advanceTimersByTimeAsync(10);
  outbox.add('seat.joined', seat);
  const startedAt = Date.now();
  await vi.runAllTimersAsync();
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(690);
  expect(new Set(api.attempts.map((facts) => facts[0]?.idempotencyKey)).size).toBe(1);
  expect(api.batches.flat()).toEqual(['seat.connected', 'seat.joined']);
});

test('large amounts are split into what the contract takes', async () => {
  const api = anApi();
  const outbox = createFactsOutbox({ send: api.send, clock, log });
  for (let sent = 0; sent < 450; sent += 1) outbox.add('seat.connected', seat);
  await vi.runAllTimersAsync();
  expect(api.batches.map(({ length }) => length)).toEqual([200, 200, 50]);
});

test('memory is bounded: the oldest goes first', async () => {
  const api = anApi();
  const outbox = createFactsOutbox({ send: api.send, clock, log, capacity: 2 });
  for (const type of ['seat.connected', 'seat.joined', 'seat.left'] as const) outbox.add(type, seat);
  await vi.runAllTimersAsync();
  expect(api.batches).toEqual([['seat.joined', 'seat.left']]);
});

test('a stop delivers what is left, and does not wait for ever', async () => {
  const api = anApi();
  api.failures = 1;
  const outbox = createFactsOutbox({ send: api.send, clock, log, minBackoffMs: 60_000 });
  outbox.add('seat.left', seat);
  await vi.advanceTimersByTimeAsync(10);
  const stopping = outbox.stop();
  await vi.runAllTimersAsync();
  await stopping;
  expect(api.batches).toEqual([['seat.left']]);

  api.failures = Infinity;
  const hopeless = createFactsOutbox({ send: api.send, clock, log });
  hopeless.add('seat.left', seat);
  const givingUp = hopeless.stop();
  await vi.advanceTimersByTimeAsync(3_200);
  await givingUp;
  expect(hopeless.size).toBe(1);
});

function anApi() {
  const api = {
    failures: 0,
    attempts: [] as Fact[][],
    batches: [] as Fact['type'][][],
    send: async (facts: Fact[]) => {
      internalApiEndpoints.facts.body.parse({ node: 'test', facts });
      api.attempts.push(facts);
      if (api.failures-- > 0) throw new Error('api is away');
      api.batches.push(facts.map(({ type }) => type));
    },
  };
  return api;
}
