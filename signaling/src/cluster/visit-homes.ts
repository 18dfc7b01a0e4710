import type { VisitId } from '@careconnect/contracts';

/** A process that serves a visit. */
export interface Home {
  readonly process: string;
  /** Where it listens for its siblings. */
  readonly url: string;
}

/**
 * Which of several signaling processes serves a visit: one at a time, for a room is kept in memory. All of these
 * reject while nobody knows.
 */
export interface VisitHomes {
  /** Takes the visit for this process, unless another serves it: that one then. */
  claim(visitId: VisitId): Promise<Home | null>;
  /** Who serves it, when that is another process. */
  findElsewhere(visitId: VisitId): Promise<Home | null>;
  /** This process serves it no longer. */
  release(visitId: VisitId): Promise<void>;
  /** That process is dead: whoever comes next may take what it served. */
  bury(home: Home): Promise<void>;
}

/** Of a process that has no siblings. */
export const ONLY_HOME: VisitHomes = {
  claim: () => Promise.resolve(null),
  findElsewhere: () => Promise.resolve(null),
  release: () => Promise.resolve(),
  bury: () => Promise.resolve(),
};
