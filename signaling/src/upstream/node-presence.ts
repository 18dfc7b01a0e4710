/**
 * A node whose connection was lost may be dead, or only out of our sight while its media flows on. It counts as dead
 * when the machine answers that nobody listens there any more, or when there was no sign of it for too long.
 */
export interface NodePresence {
  readonly isDead: boolean;
  connected(): void;
  disconnected(): void;
  /** An attempt to connect was turned down by its machine. */
  refused(): void;
  /** From now on it says nothing. */
  close(): void;
}

/** @param onDead - called once for each death */
export function createNodePresence(silentMs: number, onDead: () => void): NodePresence {
  let state: 'here' | 'away' | 'dead' = 'away';
  let timer: NodeJS.Timeout | undefined;

  const die = (): void => {
    if (state !== 'away') return;
    clearTimeout(timer);
    state = 'dead';
    onDead();
  };

  return {
    get isDead() {
      return state === 'dead';
    },
    connected() {
      clearTimeout(timer);
      state = 'here';
    },
    disconnected() {
      if (state !== 'here') return;
      state = 'away';
      timer = setTimeout(die, silentMs).unref();
    },
    refused: die,
    close: () => clearTimeout(timer),
  };
}
