import { isVisitOver, type VisitId, type VisitState } from '@careconnect/contracts';

/** Each look is on record as a reading of the visit, so that there are few while nothing is known. */
const LOOK_EVERY_MS = 60_000;

export interface EndWatch {
  readonly visitId: VisitId;
  /** Asks the clinic how the visit is. */
  readonly ask: () => Promise<VisitState>;
  readonly onOver: (state: VisitState) => void;
}

/** The other windows of this browser are to look whether the visit is over. */
export function tellOfEnd(visitId: VisitId): void {
  const channel = openChannel(visitId);
  channel.postMessage('over');
  channel.close();
}

/**
 * For a window without a connection of its own: looks whether the visit is over when another window of this browser says so,
 * when the person comes back to this one, and now and then while it is seen.
 * @returns what stops it
 */
export function watchForEnd({ visitId, ask, onOver }: EndWatch): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const channel = openChannel(visitId);

  async function look(): Promise<void> {
    // Who cannot be asked now is asked again.
    const state = await ask().catch(() => null);
    if (state && isVisitOver(state) && !signal.aborted) onOver(state);
  }

  function lookIfSeen(): void {
    if (!document.hidden) void look();
  }

  channel.addEventListener('message', () => void look(), { signal });
  document.addEventListener('visibilitychange', lookIfSeen, { signal });
  const timer = setInterval(lookIfSeen, LOOK_EVERY_MS);
  return () => {
    stopping.abort();
    channel.close();
    clearInterval(timer);
  };
}

function openChannel(visitId: VisitId): BroadcastChannel {
  return new BroadcastChannel(`careconnect.visit.${visitId}`);
}
