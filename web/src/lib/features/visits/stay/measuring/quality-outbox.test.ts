import {
  QUALITY_MAX_AGE_MS,
  QUALITY_MAX_KEPT,
  type QualityMeasures,
  type QualityReport,
} from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import { QualityOutbox } from './quality-outbox.ts';

const measures: QualityMeasures = {
  durationMs: 5_000,
  roundTripTime: null,
  availableOutgoingBitrate: null,
  outbound: { audio: null, video: null },
  inbound: { audio: null, video: null },
};

/** Takes what it is told, unless it fails. */
class Server {
  now = 0;
  failure: RequestError | null = null;
  readonly told: QualityReport[][] = [];
  readonly #outbox = new QualityOutbox({
    now: () => this.now,
    send: async (reports) => {
      if (this.failure) throw this.failure;
      this.told.push(reports);
    },
  });

  /** Five seconds pass, and are measured. */
  async period(): Promise<void> {
    this.now += 5_000;
    await this.#outbox.add(measures);
  }
}

function refused(code: 'NOT_IN_ROOM' | 'VALIDATION_FAILED'): RequestError {
  return RequestError.refused({ code, message: '', requestId: '' });
}

test('each period is told at once, and once', async () => {
  const server = new Server();
  await server.period();
  await server.period();
  expect(server.told.map((reports) => reports.map(({ ageMs }) => ageMs))).toEqual([[0], [0]]);
});

test.each([RequestError.disconnected('quality:report'), refused('NOT_IN_ROOM')])(
  'what could not be told is told later, with its own age and under the same id',
  async (failure) => {
    const server = new Server();
    server.failure = failure;
    await server.period();
    await server.period();
    server.failure = null;
    await server.period();
    expect(server.told.map((reports) => reports.map(({ ageMs }) => ageMs))).toEqual([[10_000, 5_000, 0]]);
    expect(new Set(server.told.flat().map(({ reportId }) => reportId)).size).toBe(3);
  },
);

test('two minutes are kept, the newest', async () => {
  const server = new Server();
  server.failure = RequestError.disconnected('quality:report');
  for (let period = 0; period < 100; period += 1) await server.period();
  server.failure = null;
  await server.period();
  const [reports = []] = server.told;
  expect(reports).toHaveLength(QUALITY_MAX_KEPT);
  expect(reports[0]?.ageMs).toBe(5_000 * (QUALITY_MAX_KEPT - 1));
});

test('what the server would find too old is not told any more', async () => {
  const server = new Server();
  server.failure = RequestError.disconnected('quality:report');
  await server.period();
  server.now += QUALITY_MAX_AGE_MS;
  server.failure = null;
  await server.period();
  expect(server.told).toHaveLength(1);
  expect(server.told[0]).toHaveLength(1);
});

test('what is refused is not told again and again', async () => {
  const server = new Server();
  server.failure = refused('VALIDATION_FAILED');
  await server.period();
  server.failure = null;
  await server.period();
  expect(server.told.map((reports) => reports.length)).toEqual([1]);
});

test('what ends while another is on its way goes with the next', async () => {
  const gate = Promise.withResolvers<void>();
  const told: number[] = [];
  const outbox = new QualityOutbox({
    now: () => 0,
    send: (reports) => {
      told.push(reports.length);
      return gate.promise;
    },
  });
  const first = outbox.add(measures);
  await outbox.add(measures);
  expect(told).toEqual([1]);
  gate.resolve();
  await first;
  await outbox.add(measures);
  expect(told).toEqual([1, 2]);
});
