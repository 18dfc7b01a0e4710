import type { QueueEntry } from '@careconnect/contracts';

export interface QueueGroups {
  /** In a visit now, or on hold. */
  readonly running: readonly QueueEntry[];
  readonly waiting: readonly QueueEntry[];
  /** Booked for later today. */
  readonly expected: readonly QueueEntry[];
}

/** Sorts a doctor's day by what needs them; inside a group the server's order stays. */
export function groupQueue(entries: readonly QueueEntry[]): QueueGroups {
  const inState = (...states: QueueEntry['state'][]) => entries.filter(({ state }) => states.includes(state));
  return {
    running: inState('in_progress', 'on_hold'),
    waiting: inState('waiting'),
    expected: inState('scheduled'),
  };
}

/** Those who wait now and did not before. */
export function newlyWaiting(before: readonly QueueEntry[], now: readonly QueueEntry[]): QueueEntry[] {
  return now.filter(
    ({ visitId, state }) =>
      state === 'waiting' && !before.some((entry) => entry.visitId === visitId && entry.state === 'waiting'),
  );
}

/** The row that a step up or down leads to; stays at the ends, begins at the first. */
export function stepSelection<Id>(ids: readonly Id[], selected: Id | null, step: 1 | -1): Id | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
