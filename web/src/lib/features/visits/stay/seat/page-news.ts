/** What may matter to the way between this page and the clinic. */
export type PageNews =
  /** The device has come to another network, or back to one. */
  | 'network'
  /** The page is looked at again: it may have slept, and connections that looked well may have died meanwhile. */
  | 'woken'
  /** Another page or app is in front of it. */
  | 'hidden';

/** https://wicg.github.io/netinfo/, which not every browser has. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Tells of it long before anything has timed out.
 * @returns what stops it
 */
export function watchPage(onNews: (news: PageNews) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const { connection } = navigator as { connection?: NetworkInformation };
  let type = connection?.type;

  addEventListener('online', () => onNews('network'), { signal });
  connection?.addEventListener(
    'change',
    () => {
      // It also tells of every new guess of the bandwidth, which is no other network.
      if (connection.type === type) return;
      type = connection.type;
      if (type !== 'none') onNews('network');
    },
    { signal },
  );
  document.addEventListener(
    'visibilitychange',
    () => onNews(document.visibilityState === 'visible' ? 'woken' : 'hidden'),
    { signal },
  );
  document.addEventListener('resume', () => onNews('woken'), { signal });
  return () => ending.abort();
}
