/** What may have happened to the way between this device and the clinic. */
export type NetworkNews =
  /** The device has come to another network, or back to one. */
  | 'changed'
  /** The page is looked at again: it may have slept, and connections that looked well may have died meanwhile. */
  | 'woken';

/** https://wicg.github.io/netinfo/, which not every browser has. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Tells when the way to the clinic is worth another look, long before anything has timed out.
 * @returns what stops it
 */
export function watchNetwork(onNews: (news: NetworkNews) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const { connection } = navigator as { connection?: NetworkInformation };
  let type = connection?.type;

  addEventListener('online', () => onNews('changed'), { signal });
  connection?.addEventListener(
    'change',
    () => {
      // It also tells of every new guess of the bandwidth, which is no other network.
      if (connection.type === type) return;
      type = connection.type;
      if (type !== 'none') onNews('changed');
    },
    { signal },
  );
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') onNews('woken');
    },
    { signal },
  );
  document.addEventListener('resume', () => onNews('woken'), { signal });
  return () => ending.abort();
}
