import { VisitState, type Visit } from '@careconnect/contracts';

export interface StateCount {
  readonly state: VisitState;
  readonly count: number;
}

/** Where each state stands among the others: live ones first. */
const RANK: Readonly<Record<VisitState, number>> = {
  waiting: 0,
  in_progress: 1,
  on_hold: 2,
  scheduled: 3,
  ended: 4,
  summarised: 5,
  no_show: 6,
  cancelled: 7,
};

const IN_ORDER = VisitState.options.toSorted((a, b) => RANK[a] - RANK[b]);

/** How many visits are in each state, every state named, live ones first. */
export function countStates(visits: readonly Pick<Visit, 'state'>[]): StateCount[] {
  return IN_ORDER.map((state) => ({
    state,
    count: visits.filter((visit) => visit.state === state).length,
  }));
}

/** How many there are in these states together. */
export function countOf(counts: readonly StateCount[], ...states: VisitState[]): number {
  return counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
}
