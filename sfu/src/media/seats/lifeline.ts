import type { TransportDirection } from '@careconnect/contracts';

export interface Lifeline {
  readonly isConnected: boolean;
  setConnected(direction: TransportDirection, isConnected: boolean): void;
  /** From now on it calls nobody. */
  cut(): void;
}

/**
 * Calls `onAbandoned` when neither direction of a seat has been connected for `afterMs`. Seats are closed
 * by signaling; this is for those whose signaling process has gone and whose person has not come back.
 */
export function createLifeline(afterMs: number, onAbandoned: () => void): Lifeline {
  const connected = new Set<TransportDirection>();
  let isCut = false;
  let timer = setTimeout(onAbandoned, afterMs);

  return {
    get isConnected() {
      return connected.size > 0;
    },
    setConnected(direction, isConnected) {
      if (isConnected) connected.add(direction);
      else connected.delete(direction);
      clearTimeout(timer);
      if (connected.size === 0 && !isCut) timer = setTimeout(onAbandoned, afterMs);
    },
    cut() {
      isCut = true;
      clearTimeout(timer);
    },
  };
}
