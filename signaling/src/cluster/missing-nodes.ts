import type { SignalingNode } from '@careconnect/contracts/internal';
import type { Clock, Logger } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import type { RedisHomes } from './redis-homes.ts';

export interface MissingNodesOptions {
  readonly redis: Redis;
  readonly homes: Pick<RedisHomes, 'process' | 'isAlive'>;
  readonly node: SignalingNode;
  /** Tells api that nobody has been connected to that node since. */
  readonly report: (node: SignalingNode, since: Date) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a node may be away, as when it is restarted, before somebody says that it is gone. */
  readonly patienceMs: number;
}

/** Every node by name, and the process that was it last. */
const NODES = 'careconnect:signaling-nodes';
const LOOKS_PER_PATIENCE = 3;

/**
 * A node that dies and does not come back cannot say who is no longer connected to it. Its siblings do, so that no
 * waiting room shows people who have long gone.
 */
export async function watchForMissingNodes(options: MissingNodesOptions): Promise<() => void> {
  const { redis, homes, node, report, clock, log, patienceMs } = options;
  let missingSince = new Map<string, Date>();

  async function look(): Promise<void> {
    await redis.hSet(NODES, node, homes.process);
    const missing = new Map<string, Date>();
    for (const [name, process] of Object.entries(await redis.hGetAll(NODES))) {
      if (await homes.isAlive(process)) continue;
      const now = clock.now();
      const since = missingSince.get(process) ?? now;
      if (now.getTime() - since.getTime() < patienceMs) missing.set(process, since);
      else await tell(name, since);
    }
    missingSince = missing;
  }

  /** May be told again, and by several siblings: who was connected before `since` is gone, however often api hears it. */
  async function tell(name: string, since: Date): Promise<void> {
    log.warn({ node: name }, 'a signaling node is gone');
    await report(name, since);
    await redis.hDel(NODES, name);
  }

  await look();
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ err: error }, 'nobody knows which signaling nodes are gone'));
  }, patienceMs / LOOKS_PER_PATIENCE);
  timer.unref();
  return () => clearInterval(timer);
}
