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
