import { createMetrics, Gauge, type Registry } from '@careconnect/platform';
import type { MediaCounts } from './media/rooms/media-counts.ts';
import type { WorkerPool } from './media/workers/worker-pool.ts';
import type { Neighbours } from './parts/neighbours.ts';

const COUNTS = {
  rooms: 'Rooms with media',
  seats: 'Open seats',
  producers: 'Tracks sent to this node',
  consumers: 'Tracks made ready for or shown to someone by this node',
} as const satisfies Record<keyof MediaCounts, string>;

export interface SfuMetricsOptions {
  readonly counts: () => MediaCounts;
  readonly pool: WorkerPool;
  readonly neighbours: Pick<Neighbours, 'available'>;
}

/** Gauges that are read when someone asks, so that nothing is counted along the media path. */
export function createSfuMetrics({ counts, pool, neighbours }: SfuMetricsOptions): Registry {
  const registry = createMetrics('sfu');
  const registers = [registry];
  for (const name of Object.keys(COUNTS) as (keyof MediaCounts)[]) {
    new Gauge({
      name: `careconnect_sfu_${name}`,
      help: COUNTS[name],
      registers,
      collect() {
        this.set(counts()[name]);
      },
    });
  }
  new Gauge({
    name: 'careconnect_sfu_workers',
    help: 'Live media workers',
    registers,
    collect() {
      this.set(pool.workers.length);
    },
  });
  new Gauge({
    name: 'careconnect_sfu_siblings',
    help: 'Other nodes that would take a part of a large visit',
    registers,
    collect() {
      this.set(neighbours.available.length);
    },
  });
  new Gauge({
    name: 'careconnect_sfu_worker_cpu_seconds',
    help: 'CPU time of each media worker since it started',
    labelNames: ['worker'],
    registers,
    async collect() {
      this.reset();
      await Promise.all(
        pool.workers.map(async (worker) => {
          const seconds = await worker.cpuSeconds();
          if (seconds !== null) this.set({ worker: worker.index }, seconds);
        }),
      );
    },
  });
  return registry;
}
