import type { Visit, VisitState } from '@careconnect/contracts';

export interface StateCount {
  readonly state: VisitState;
  readonly count: number;
}

const IN_ORDER = [
  'waiting',
  'in_progress',
  'on_hold',
  'scheduled',
  'ended',
  'summarised',
  'no_show',
  'cancelled',
] as const satisfies readonly VisitState[];

/** How many visits are in each state, every state named, live ones first. */
export function countStates(visits: readonly Pick<Visit, 'state'>[]): StateCount[] {
  return IN_ORDER.map((state) => ({
    state,
    count: visits.filter((visit) => visit.state === state).length,
  }));
}
