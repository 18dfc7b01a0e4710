import type { SfuLoad, SfuNode, WorkerLoad } from '@careconnect/contracts/internal';
import type { MediaCounts } from './media/rooms/media-counts.ts';
import type { WorkerPool } from './media/workers/worker-pool.ts';

export interface LoadReportsOptions {
  readonly node: SfuNode;
  readonly counts: () => MediaCounts;
  readonly pool: Pick<WorkerPool, 'workers'>;
  readonly isDraining: () => boolean;
  readonly tell: (load: SfuLoad) => void;
  readonly everyMs: number;
}

export interface LoadReports {
  /** As it was at the last report. */
  readonly current: SfuLoad;
  /** Reports at once: signaling must not wait for the next interval to hear of a drain. */
  report(): Promise<void>;
  stop(): void;
}

interface CpuReading {
  readonly pid: number;
  readonly seconds: number;
  readonly atMs: number;
}

/** Tells regularly what this node carries, so that new rooms go where there is room. */
export function createLoadReports(options: LoadReportsOptions): LoadReports {
  const { node, counts, pool, isDraining, tell } = options;
  let before = new Map<number, CpuReading>();
  let current: SfuLoad = toLoad([]);

  function toLoad(workers: WorkerLoad[]): SfuLoad {
    return { node, isDraining: isDraining(), ...counts(), workers };
  }

  async function report(): Promise<void> {
    const now = new Map<number, CpuReading>();
    const workers = await Promise.all(
      pool.workers.map(async (worker) => {
        const { index, pid, roomCount } = worker;
        const seconds = await worker.cpuSeconds();
        if (seconds === null) return [];
        const reading = { pid, seconds, atMs: performance.now() };
        now.set(index, reading);
        return [{ index, rooms: roomCount, cpuShare: shareSince(before.get(index), reading) }];
      }),
    );
    before = now;
    current = toLoad(workers.flat());
    tell(current);
  }

  const timer = setInterval(() => void report(), options.everyMs);
  timer.unref();
  return {
    get current() {
      return current;
    },
    report,
    stop: () => clearInterval(timer),
  };
}

function shareSince(before: CpuReading | undefined, now: CpuReading): number {
  if (before?.pid !== now.pid) return 0;
  return Math.max(0, now.seconds - before.seconds) / ((now.atMs - before.atMs) / 1000);
}
