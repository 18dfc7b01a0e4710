import type { NodeLoad, SfuLoad, SignalingLoad } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';

export interface LoadRelayOptions {
  readonly api: Pick<ApiClient, 'storeLoads'>;
  /** What this node carries. */
  readonly own: () => SignalingLoad;
  readonly log: Logger;
  readonly everyMs: number;
}

export interface LoadRelay {
  /** A media node has told what it carries. */
  heard(load: SfuLoad): void;
  /** Says a last word, so that nobody takes a node that has left for one that has died. */
  close(): Promise<void>;
}

/**
 * Hands on to api what the nodes carry: of each the newest, every few seconds, with this node's own. A word that is
 * lost is worth nothing any more when the next one comes, so nothing is kept or told again.
 */
export function createLoadRelay({ api, own, log, everyMs }: LoadRelayOptions): LoadRelay {
  const heard = new Map<string, NodeLoad>();

  async function tell(): Promise<void> {
    const loads: NodeLoad[] = [{ kind: 'signaling', ...own() }, ...heard.values()];
    heard.clear();
    await api.storeLoads(loads).catch((error: unknown) => {
      log.debug({ err: error }, 'api did not take the load of the nodes');
    });
  }

  const timer = setInterval(() => void tell(), everyMs);
  timer.unref();
  return {
    heard: (load) => void heard.set(load.node, { kind: 'sfu', ...load }),
    async close() {
      clearInterval(timer);
      await tell();
    },
  };
}
