import { Counter, Gauge, Histogram, type Registry } from '@careconnect/platform';

/** Times one request; call what it returns with the outcome (`ok` or an error code). */
export interface RequestMetrics {
  start(event: string): (outcome: string) => void;
}

export interface SignalingMetrics extends RequestMetrics {
  /** The media of a whole room had to be made anew. */
  rehomed(): void;
  /** Somebody was taken out of a visit because they flooded it. */
  expelled(): void;
  /** A handshake that was refused, by namespace and error code. */
  refused(namespace: string, code: string): void;
  /** What is live right now; asked whenever the figures are read. */
  watch(source: () => LiveCounts): void;
}

/** What a process holds in memory. */
export interface LiveCounts {
  readonly visits: number;
  readonly seats: number;
  readonly pendingFacts: number;
  readonly pendingSamples: number;
  readonly sockets: number;
  readonly oldestFactMs: number;
}

/** What mended a connection; see docs/architecture.md. */
export type Rung = 'ice-restart' | 'renewed-seat' | 'rehomed-room';

/** Requests that are a rung of the ladder. */
const RUNGS: ReadonlyMap<string, Rung> = new Map([
  ['transport:restart-ice', 'ice-restart'],
  ['media:renew', 'renewed-seat'],
]);

export function createSignalingMetrics(registry: Registry): SignalingMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'careconnect_signaling_request_seconds',
    help: 'Time from a socket request to its acknowledgement',
    labelNames: ['event', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const refusals = new Counter({
    name: 'careconnect_signaling_handshakes_refused_total',
    help: 'Handshakes that were refused',
    labelNames: ['namespace', 'code'],
    registers,
  });
  const expulsions = new Counter({
    name: 'careconnect_signaling_expelled_total',
    help: 'Seats that were taken out of a visit because they sent far more than they may',
    registers,
  });
  let count: (() => LiveCounts) | null = null;
  new Gauge({
    name: 'careconnect_signaling_live',
    help: 'Visits, seats, sockets, undelivered facts and quality samples held in memory',
    labelNames: ['what'],
    registers,
    collect() {
      if (!count) return;
      const { oldestFactMs: _apart, ...live } = count();
      for (const [what, value] of Object.entries(live)) this.set({ what }, Number(value));
    },
  });
  new Gauge({
    name: 'careconnect_signaling_oldest_fact_seconds',
    help: 'How long the oldest fact has waited for api',
    registers,
    collect() {
      if (count) this.set(count().oldestFactMs / 1_000);
    },
  });
  const recoveries = new Counter({
    name: 'careconnect_signaling_recoveries_total',
    help: 'Times that media was mended, by what mended it',
    labelNames: ['rung'],
    registers,
  });
  // Counted from zero: a rate of the first one is no gap.
  for (const rung of [...RUNGS.values(), 'rehomed-room'] as const) recoveries.inc({ rung }, 0);

  return {
    start(event) {
      const stop = requests.startTimer({ event });
      const rung = RUNGS.get(event);
      return (outcome) => {
        stop({ outcome });
        if (rung && outcome === 'ok') recoveries.inc({ rung });
      };
    },
    rehomed: () => recoveries.inc({ rung: 'rehomed-room' }),
    expelled: () => expulsions.inc(),
    refused: (namespace, code) => refusals.inc({ namespace, code }),
    watch: (source) => void (count = source),
  };
}
