export interface Placeable {
  /** Rooms it carries now. */
  readonly roomCount: number;
}

/**
 * The worker for a new room: the one with the fewest rooms, the first of equals.
 * Visits are much alike in size, so rooms measure load well enough and, unlike CPU, at once.
 */
export function leastLoaded<W extends Placeable>(workers: readonly W[]): W | null {
  return workers.reduce<W | null>(
    (best, worker) => (best === null || worker.roomCount < best.roomCount ? worker : best),
    null,
  );
}

/** Of one core: with more than this packets begin to wait. */
const BUSY_SHARE = 0.85;
/** What a visit gains elsewhere must be worth the way there. */
const SPARE_SHARE = BUSY_SHARE / 2;

interface Measured {
  /** Of one core, of late. */
  readonly cpuShare: number;
}

/**
 * Where a visit goes on that has outgrown a worker: on a worker of this node that is not busy; else on another node with
 * plenty to spare; else on any worker here. Null where there is none.
 */
export function choosePlace<W extends Placeable & Measured, N extends Measured>(
  workers: readonly W[],
  nodes: readonly N[],
): W | N | null {
  const calm = workers.filter(({ cpuShare }) => cpuShare <= BUSY_SHARE);
  const spare = nodes.filter(({ cpuShare }) => cpuShare < SPARE_SHARE);
  const [leastBusy] = spare.toSorted((a, b) => a.cpuShare - b.cpuShare);
  return leastLoaded(calm) ?? leastBusy ?? leastLoaded(workers);
}
