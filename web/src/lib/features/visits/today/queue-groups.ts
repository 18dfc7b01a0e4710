import type { QueueEntry, VisitId } from '@careconnect/contracts';

export interface QueueGroups {
  /** In a visit now, or on hold. */
  readonly running: readonly QueueEntry[];
  readonly waiting: readonly QueueEntry[];
  /** Have waited and said that they leave. */
  readonly gone: readonly QueueEntry[];
  /** Booked for later today. */
  readonly expected: readonly QueueEntry[];
}

/** Sorts a doctor's day by what needs them; inside a group the server's order stays. */
export function groupQueue(entries: readonly QueueEntry[]): QueueGroups {
  const inState = (...states: QueueEntry['state'][]) => entries.filter(({ state }) => states.includes(state));
  return {
    running: inState('in_progress', 'on_hold'),
    waiting: entries.filter(isWaiting),
    gone: inState('waiting').filter((entry) => !isWaiting(entry)),
    expected: inState('scheduled'),
  };
}

/** Waits, be it with a connection that is broken for now. */
export function isWaiting({ state, absence }: QueueEntry): boolean {
  return state === 'waiting' && absence?.hasLeft !== true;
}

/** A walk-in that has not begun: nobody misses it on any calendar when it is taken out of the queue. */
export function isRemovable({ origin, state }: QueueEntry): boolean {
  return origin === 'walk_in' && (state === 'scheduled' || state === 'waiting');
}

/** Somebody was in a visit that is not in the queue any more. */
export function hasFinishedOne(before: readonly QueueEntry[], now: readonly QueueEntry[]): boolean {
  const ids = new Set(now.map(({ visitId }) => visitId));
  return groupQueue(before).running.some(({ visitId }) => !ids.has(visitId));
}

/** Those who wait now and did not before. */
export function newlyWaiting(before: readonly QueueEntry[], now: readonly QueueEntry[]): QueueEntry[] {
  const waitedBefore = new Set(before.filter(isWaiting).map(({ visitId }) => visitId));
  return now.filter((entry) => isWaiting(entry) && !waitedBefore.has(entry.visitId));
}

/** The row that a step up or down leads to; stays at the ends, begins at the first. */
export function stepSelection<Id>(ids: readonly Id[], selected: Id | null, step: 1 | -1): Id | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}

/** Whom the keys act on: who is selected while they are shown, else the first who waits. */
export function entryToOpen(shown: QueueGroups, selected: VisitId | null): QueueEntry | null {
  const entries = [...shown.running, ...shown.waiting, ...shown.expected, ...shown.gone];
  return entries.find(({ visitId }) => visitId === selected) ?? shown.waiting[0] ?? null;
}
