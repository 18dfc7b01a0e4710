import { Counter, Gauge, Histogram, type Registry } from '@careconnect/platform';

/** Times one request; call what it returns with the outcome (`ok` or an error code). */
export interface RequestMetrics {
  start(event: string): (outcome: string) => void;
}

export interface SignalingMetrics extends RequestMetrics {
  /** A handshake that was refused, by namespace and error code. */
  refused(namespace: string, code: string): void;
  /** What is live right now; asked whenever the figures are read. */
  watch(source: () => LiveCounts): void;
}

interface LiveCounts {
  readonly visits: number;
  readonly seats: number;
  readonly pendingFacts: number;
  readonly pendingSamples: number;
}

export function createSignalingMetrics(registry: Registry): SignalingMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'signaling_request_seconds',
    help: 'Time from a socket request to its acknowledgement',
    labelNames: ['event', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const refusals = new Counter({
    name: 'signaling_handshakes_refused_total',
    help: 'Handshakes that were refused',
    labelNames: ['namespace', 'code'],
    registers,
  });
  let count: (() => LiveCounts) | null = null;
  new Gauge({
    name: 'signaling_live',
    help: 'Visits, seats, undelivered facts and quality samples held in memory',
    labelNames: ['what'],
    registers,
    collect() {
      for (const [what, value] of Object.entries(count?.() ?? {})) this.set({ what }, Number(value));
    },
  });

  return {
    start(event) {
      const stop = requests.startTimer({ event });
      return (outcome) => void stop({ outcome });
    },
    refused: (namespace, code) => refusals.inc({ namespace, code }),
    watch: (source) => void (count = source),
  };
}
