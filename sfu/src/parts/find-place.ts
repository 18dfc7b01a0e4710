import type { SfuLoad } from '@careconnect/contracts/internal';
import { localPlace } from '../media/rooms/local-part.ts';
import type { FindPlace } from '../media/rooms/part.ts';
import { choosePlace } from '../media/workers/placement.ts';
import type { WorkerPool } from '../media/workers/worker-pool.ts';
import type { Neighbours } from './neighbours.ts';

export interface FindPlaceOptions {
  readonly pool: Pick<WorkerPool, 'workers'>;
  readonly neighbours: Pick<Neighbours, 'available'>;
  /** What this node carries. */
  readonly load: () => SfuLoad;
}

/** Looks for a worker here, and for another node. */
export function createFindPlace({ pool, neighbours, load }: FindPlaceOptions): FindPlace {
  return (used) => {
    const measured = new Map(load().workers.map(({ index, cpuShare }) => [index, cpuShare]));
    const workers = pool.workers
      .filter((worker) => !used.includes(worker))
      .map((worker) => ({
        place: localPlace(worker),
        roomCount: worker.roomCount,
        cpuShare: measured.get(worker.index) ?? 0,
      }));
    const nodes = neighbours.available.filter(({ place }) => !used.includes(place));
    return choosePlace(workers, nodes)?.place ?? null;
  };
}
