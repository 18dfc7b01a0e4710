import type { SeatSocket } from './seat-connection.ts';

/**
 * How long an open connection may take to say that it still carries, in ms: two round trips of a bad mobile
 * network. After packets have been lost for a while, TCP waits longer than that before it tries again, and a new
 * connection is there sooner.
 */
const ANSWER_MS = 1_000;

/**
 * Answers with what looks after the connection when there is reason to doubt it: one that waits for its next try is
 * tried at once, and an open one that does not answer is replaced.
 */
export function createConnectionCheck(
  socket: Pick<SeatSocket, 'state' | 'request' | 'connect' | 'hurry'>,
): () => void {
  let isAsking = false;

  return () => {
    socket.hurry();
    if (socket.state !== 'connected' || isAsking) return;
    isAsking = true;
    const timer = setTimeout(() => {
      isAsking = false;
      if (socket.state === 'connected') socket.connect();
    }, ANSWER_MS);
    const settled = (): void => {
      clearTimeout(timer);
      isAsking = false;
    };
    // A refusal is an answer too.
    socket.request('seat:ping', {}).then(settled, settled);
  };
}
