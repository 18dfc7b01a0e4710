import { LIVE_HISTORY_MS, QualityGrade } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import { Gauge, Histogram, type Clock, type Logger, type Registry } from '@careconnect/platform';
import type { Database } from '@careconnect/prisma';
import type { AlertRules } from '../../core/alert-rules.ts';
import { gradeLive, type GradedLive } from './live-quality.ts';
import type { QualityWatchRepository } from './quality-watch.repository.ts';

export interface WatchMetricsDeps extends Pick<Database, 'tenancy'> {
  readonly metrics: Registry;
  readonly watched: Pick<QualityWatchRepository, 'live' | 'samples'>;
  readonly rules: AlertRules;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface WatchMetrics {
  /** Periods that pages have told of. */
  observe(samples: readonly QualitySample[]): void;
}

/** Figures of all organizations together: one each would be a label that grows with every customer. */
export function createWatchMetrics({
  metrics,
  watched,
  tenancy,
  rules,
  clock,
  log,
}: WatchMetricsDeps): WatchMetrics {
  const registers = [metrics];
  let underWay: Promise<GradedLive[]> | null = null;

  /** Both figures of one look are of one reading; without a database the other figures are still worth reading. */
  function graded(): Promise<GradedLive[] | null> {
    underWay ??= tenancy.runAsSystem(gradeAllLive).finally(() => (underWay = null));
    return underWay.catch((error: unknown) => {
      log.warn({ err: error }, 'live visits could not be graded');
      return null;
    });
  }

  new Gauge({
    name: 'careconnect_api_live_visits',
    help: 'Live visits by their grade of the last minute',
    labelNames: ['grade'],
    registers,
    async collect() {
      const all = await graded();
      this.reset();
      if (!all) return;
      for (const grade of QualityGrade.options)
        this.set({ grade }, all.filter(({ visit }) => visit.grade === grade).length);
    },
  });
  new Gauge({
    name: 'careconnect_api_visits_inadequate',
    help: 'Live visits in which somebody has not understood the others for longer than the alert allows',
    registers,
    async collect() {
      const all = await graded();
      this.reset();
      if (all) this.set(all.filter(hasInadequateSound).length);
    },
  });
  const roundTrips = new Histogram({
    name: 'careconnect_api_round_trip_seconds',
    help: 'Round trip between page and media server, one value a seat and period',
    buckets: [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.6],
    registers,
  });
  const concealed = new Histogram({
    name: 'careconnect_api_concealed_share',
    help: 'Share of the sound that the browser made up, one value a seat and period',
    buckets: [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5],
    registers,
  });

  async function gradeAllLive(): Promise<GradedLive[]> {
    const now = clock.now();
    const visits = await watched.live(null);
    const ids = visits.map(({ visitId }) => visitId);
    const samples = await watched.samples(ids, new Date(now.getTime() - LIVE_HISTORY_MS));
    return visits.map((visit) => gradeLive(visit, samples.get(visit.visitId) ?? [], { now, rules }));
  }

  return {
    observe(samples) {
      for (const { measures } of samples) {
        const { roundTripTime, inbound } = measures;
        if (roundTripTime !== null) roundTrips.observe(roundTripTime / 1_000);
        const share = inbound.audio?.concealedShare ?? null;
        if (share !== null) concealed.observe(share);
      }
    },
  };
}

function hasInadequateSound({ alerts }: GradedLive): boolean {
  return alerts.some(({ kind }) => kind === 'inadequate-sound');
}
