import type { Push, SignalingNode } from '@careconnect/contracts/internal';
import type { Clock, Logger } from '@careconnect/platform';
import { connectRedis } from '@careconnect/platform/redis';
import { lastPushId, readPushStream } from '../upstream/push-stream.ts';
import { watchForMissingNodes } from './missing-nodes.ts';
import { createRedisHomes } from './redis-homes.ts';
import { createSharedUsedTickets, createUsedTickets, type UsedTickets } from './used-tickets.ts';
import { ONLY_HOME, type VisitHomes } from './visit-homes.ts';

/** What this process does when it is one of several. */
export interface ClusterMember {
  readonly accept: (push: Push) => void;
  /** Others may have taken what this process serves. */
  readonly reclaim: () => void;
  /** Tells api that nobody has been connected to that node since. */
  readonly reportMissing: (node: SignalingNode, since: Date) => Promise<void>;
}

/** What the signaling processes of one installation share. */
export interface Cluster {
  readonly homes: VisitHomes;
  readonly usedTickets: UsedTickets;
  /** From now on this process is one of them. @param url - where it listens for the others */
  begin(url: string, member: ClusterMember): Promise<void>;
  /** It takes nothing more; what it has served is free for the others. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** The only process there is: nothing to share. */
export function createLoneCluster(clock: Clock): Cluster {
  return {
    homes: ONLY_HOME,
    usedTickets: createUsedTickets(clock),
    begin: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export interface SharedClusterOptions {
  readonly redisUrl: string;
  readonly node: SignalingNode;
  readonly clock: Clock;
  readonly log: Logger;
  readonly leaseMs?: number | undefined;
  /** How long a node may be silent before its people count as gone. */
  readonly patienceMs: number;
}

/** Several processes, through Redis. */
export async function joinCluster(options: SharedClusterOptions): Promise<Cluster> {
  const { redisUrl, node, clock, log, leaseMs, patienceMs } = options;
  const redis = await connectRedis({ url: redisUrl, log });
  const pushes = await redis
    .duplicate()
    .on('error', () => undefined)
    .connect();
  // Before anybody comes: what is pushed after they were told how things stand must reach them.
  const after = await lastPushId(pushes);
  const homes = createRedisHomes({ redis, log, leaseMs });
  const stops: (() => Promise<void> | void)[] = [];

  return {
    homes,
    usedTickets: createSharedUsedTickets(redis, clock, log),
    async begin(url, { accept, reclaim, reportMissing }) {
      await homes.begin(url, reclaim);
      stops.push(readPushStream({ redis: pushes, after, accept, log }));
      const report = reportMissing;
      stops.push(await watchForMissingNodes({ redis, homes, node, report, clock, log, patienceMs }));
    },
    leave: () => homes.leave(),
    async close() {
      // What waits in it for the next push has nothing more to wait for.
      pushes.destroy();
      for (const stop of stops) await stop();
      redis.destroy();
    },
  };
}
